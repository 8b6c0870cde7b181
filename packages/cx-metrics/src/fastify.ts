import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { clientClosedRequest } from './outcome.ts'
import { claim, createRecordRequest, type RequestOptions } from './record-request.ts'
import { resolveCustomer } from './resolve-customer.ts'

export type CxMetricsOptions = RequestOptions<FastifyRequest>

const plugin: FastifyPluginCallback<CxMetricsOptions> = (app, options, done) => {
  const recordRequest = createRecordRequest(options)
  const open = Symbol('cx-metrics open')
  const resolved = Symbol('cx-metrics customer')
  type Marked = FastifyRequest & { [open]: boolean; [resolved]: unknown }
  // Declared up front, so that setting them on a request does not change the request's hidden class.
  app.decorateRequest(open as never, false as never)
  app.decorateRequest(resolved as never, undefined as never)

  const record = (request: FastifyRequest, reply: FastifyReply, statusCode: number): void => {
    const marked = request as Marked
    if (!marked[open]) return
    marked[open] = false
    recordRequest(request, {
      route: request.routeOptions.url,
      method: request.method,
      statusCode,
      durationSeconds: reply.elapsedTime / 1000,
      customer: marked[resolved],
    })
  }

  // `onRequestAbort` misses a client that leaves after its body was read; the response's `close` does not.
  app.addHook('onRequest', (request, reply, next) => {
    if (claim(request.raw, options.recorder)) {
      ;(request as Marked)[open] = true
      reply.raw.on('close', () => record(request, reply, clientClosedRequest))
    }
    next()
  })
  app.addHook('onResponse', (request, reply, next) => {
    record(request, reply, reply.statusCode)
    next()
  })
  const { customer } = options
  if (customer) {
    // Asked here, since the async context of the response's end may be another request's; asked again then if
    // there was nobody yet.
    const resolve = (request: FastifyRequest, _reply: FastifyReply, next: () => void) => {
      ;(request as Marked)[resolved] = resolveCustomer(customer, [request])
      next()
    }
    // A route's own hooks run after those of its plugins, so the last of them sees what all of them entered.
    app.addHook('onRoute', (route) => {
      route.preHandler = [...[route.preHandler ?? []].flat(), resolve]
    })
  }
  done()
}

/**
 * Records every request of a Fastify 5 service. Register it before the routes.
 * The customer resolver is asked when the route's handler is about to be called, after all hooks: `request.user` is
 * there, and the async context that the handler sees (Fastify loses what an async hook enters after an await).
 * Where it found nobody, or no handler was reached, it is asked once more after the response.
 */
export default fastifyPlugin(plugin, { name: 'cx-metrics', fastify: '5.x' })
