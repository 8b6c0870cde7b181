import { AsyncResource } from 'node:async_hooks'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { clientClosedRequest } from './outcome.ts'
import { claim, createRecordRequest, type RequestOptions } from './record-request.ts'

export type CxMetricsOptions = RequestOptions<FastifyRequest>

const plugin: FastifyPluginCallback<CxMetricsOptions> = (app, options, done) => {
  const recordRequest = createRecordRequest(options)
  const open = Symbol('cx-metrics open')
  const scope = Symbol('cx-metrics scope')
  type Marked = FastifyRequest & { [open]: boolean; [scope]: AsyncResource | undefined }
  // Declared up front, so that setting them on a request does not change the request's hidden class.
  app.decorateRequest(open as never, false as never)
  app.decorateRequest(scope as never, undefined as never)

  const record = (request: FastifyRequest, reply: FastifyReply, statusCode: number): void => {
    const marked = request as Marked
    if (!marked[open]) return
    marked[open] = false
    recordRequest(request, {
      route: request.routeOptions.url,
      method: request.method,
      statusCode,
      durationSeconds: reply.elapsedTime / 1000,
      scope: marked[scope],
    })
  }

  // `onRequestAbort` misses a client that leaves after its body was read; the response's `close` does not.
  app.addHook('onRequest', (request, reply, next) => {
    if (claim(request.raw, options.recorder)) {
      ;(request as Marked)[open] = true
      reply.raw.once('close', () => record(request, reply, clientClosedRequest))
    }
    next()
  })
  app.addHook('onResponse', (request, reply, next) => {
    record(request, reply, reply.statusCode)
    next()
  })
  if (options.customer) {
    const noteScope = (request: FastifyRequest, _reply: FastifyReply, next: () => void) => {
      ;(request as Marked)[scope] = new AsyncResource('cx-metrics')
      next()
    }
    // A route's own hooks run after those of its plugins, so the last of them sees what all of them entered.
    app.addHook('onRoute', (route) => {
      route.preHandler = [...[route.preHandler ?? []].flat(), noteScope]
    })
  }
  done()
}

/**
 * Records every request of a Fastify 5 service. Register it before the routes.
 * The customer resolver runs after the response, so `request.user` is there, and in the async context in which
 * the route's handler was called: what hooks ran or entered is seen if the handler sees it (Fastify loses what an
 * async hook enters after an await); what the handler itself runs or enters is not. Where no handler was reached,
 * in that of whoever ended the response.
 */
export default fastifyPlugin(plugin, { name: 'cx-metrics', fastify: '5.x' })
