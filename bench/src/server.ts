// One Fastify with a trivial handler, instrumented as the first argument says; prints its URL.
import { metrics } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { conventionalBounds } from 'cx-definition'
import cxMetrics from 'cx-metrics/fastify'
import { createRecorder } from 'cx-metrics/recorder'
import Fastify, { type FastifyInstance } from 'fastify'
import fastifyMetrics from 'fastify-metrics'

const instrumentations: Record<string, (app: FastifyInstance) => unknown> = {
  bare: () => undefined,
  'cx-metrics': (app) =>
    app.register(cxMetrics, {
      recorder: createRecorder({
        catalog: {
          dimension: { name: 'customer', limit: 100, pinned: [] },
          durationBounds: conventionalBounds,
        },
      }),
      customer: (request) => request.headers['x-app-customer'],
    }),
  'fastify-metrics': (app) =>
    app.register(fastifyMetrics.default, {
      endpoint: '/metrics',
      defaultMetrics: { enabled: false },
    }),
  'OpenTelemetry SDK': (app) => {
    metrics.setGlobalMeterProvider(
      new MeterProvider({ readers: [new PrometheusExporter({ preventServerStart: true })] }),
    )
    const meter = metrics.getMeter('bench')
    const counter = meter.createCounter('requests_total')
    const histogram = meter.createHistogram('request_duration_seconds', {
      advice: { explicitBucketBoundaries: [...conventionalBounds] },
    })
    app.addHook('onResponse', (request, reply, done) => {
      const attributes = {
        customer: String(request.headers['x-app-customer']),
        'http.request.method': request.method,
        'http.route': request.routeOptions.url ?? 'unmatched',
        outcome: reply.statusCode < 400 ? 'success' : 'error',
      }
      counter.add(1, { ...attributes, 'http.response.status_code': reply.statusCode })
      histogram.record(reply.elapsedTime / 1000, attributes)
      done()
    })
  },
}

const app = Fastify()
await instrumentations[process.argv[2] as string]!(app)
app.get('/api/documents/:documentId', async () => ({ ok: true }))
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
