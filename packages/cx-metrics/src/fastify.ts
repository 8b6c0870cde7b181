import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { clientClosedRequest } from './outcome.ts'
import type { Recorder } from './recorder.ts'
import { warnOnce } from './warn-once.ts'

export interface CxMetricsOptions {
  readonly recorder: Pick<Recorder, 'recordRequest'>
  /** Who the request is for, from what the service knows. Runs after the response; may read headers or the user. */
  readonly customer?: (request: FastifyRequest) => unknown
  /** Route templates that are not the customers' business, such as health checks. */
  readonly ignore?: readonly string[]
}

/** The route of requests that matched none: a scanner's URLs must not become labels. */
const unmatchedRoute = 'unmatched'

const plugin: FastifyPluginCallback<CxMetricsOptions> = (
  app,
  { customer = () => undefined, ignore = [], recorder },
  done,
) => {
  const ignored = new Set(ignore)
  const recorded = Symbol('cx-metrics recorded')
  // Declared up front, so that setting it on a request does not change the request's hidden class.
  app.decorateRequest(recorded as never, false as never)

  const record = (request: FastifyRequest, reply: FastifyReply, statusCode: number): void => {
    const marked = request as FastifyRequest & { [recorded]: boolean }
    if (marked[recorded]) return
    marked[recorded] = true
    const route = request.routeOptions.url ?? unmatchedRoute
    if (ignored.has(route)) return
    recorder.recordRequest({
      customer: resolve(customer, request),
      method: request.method,
      route,
      statusCode,
      durationSeconds: reply.elapsedTime / 1000,
    })
  }

  // `onRequestAbort` misses a client that leaves after its body was read; the response's `close` does not.
  app.addHook('onRequest', (request, reply, next) => {
    reply.raw.once('close', () => record(request, reply, clientClosedRequest))
    next()
  })
  app.addHook('onResponse', (request, reply, next) => {
    record(request, reply, reply.statusCode)
    next()
  })
  done()
}

const resolve = (
  customer: (request: FastifyRequest) => unknown,
  request: FastifyRequest,
): unknown => {
  try {
    return customer(request)
  } catch (error) {
    warnOnce('the customer resolver threw', error)
    return malformed
  }
}

/** Is no string, so that the recorder labels it `invalid`. */
const malformed = Symbol('malformed customer')

/** Records every request of a Fastify 5 service. Register it before the routes. */
export default fastifyPlugin(plugin, { name: 'cx-metrics', fastify: '5.x' })
