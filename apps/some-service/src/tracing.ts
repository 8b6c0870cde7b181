import { context, isSpanContextValid, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { service } from './service.ts'

// Of what a browser sends, its trace alone is taken over: baggage could name a person.
const propagator = new W3CTraceContextPropagator()
const header = {
  get: (headers: FastifyRequest['headers'], name: string) => headers[name],
  keys: (headers: FastifyRequest['headers']) => Object.keys(headers),
}

/** As `cx_requests_total` counts a browser that went away before it was answered. */
const clientLeft = 499

/**
 * Continues the trace that a browser began, so that a session in RUM leads to what the service did, and writes its ids into the log.
 * A span holds the method, the route and the status: no URL, address or browser, which could hold what a person typed or is.
 * Nothing is sent unless OTEL_TRACES_EXPORTER is set.
 */
export const continueTraces = (app: FastifyInstance): void => {
  const tracer = trace.getTracer(service.name, service.version)
  app.addHook('onRequest', (request, reply, done) => {
    const { headers, method, routeOptions } = request
    const route = routeOptions.url
    const parent = propagator.extract(context.active(), headers, header)
    const span = tracer.startSpan(
      route === undefined ? method : `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': method,
          ...(route !== undefined && { 'http.route': route }),
        },
      },
      parent,
    )
    const ids = span.spanContext()
    if (isSpanContextValid(ids)) {
      request.log = request.log.child({ trace_id: ids.traceId, span_id: ids.spanId })
      reply.log = request.log
    }
    reply.raw.once('close', () => {
      const statusCode = reply.raw.writableFinished ? reply.statusCode : clientLeft
      span.setAttribute('http.response.status_code', statusCode)
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    context.with(trace.setSpan(parent, span), done)
  })
}
