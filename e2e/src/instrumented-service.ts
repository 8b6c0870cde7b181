import { setTimeout as sleep } from 'node:timers/promises'
import { conventionalBounds } from 'cx-definition'
import Fastify from 'fastify'
import { onTestFinished } from 'vitest'

type Labels = Readonly<Record<string, string>>

/** What the labels of a request are called, and what is the same for all. */
export interface Naming {
  readonly method: string
  readonly route: string
  readonly statusCode: string
  readonly always: Labels
}

/**
 * A service without cx-metrics: it records its requests as OpenTelemetry's HTTP instrumentations and ASP.NET Core do,
 * which begin a series with its first request and write a route without a leading slash.
 * @returns its URL; `/metrics` is its page
 */
export const startInstrumentedService = async (naming: Naming): Promise<string> => {
  const requests = new Map<string, number[]>()
  const messages = new Map<string, number>()
  const app = Fastify()
  app.get<{ Params: { id: string } }>('/invoices/:id', async ({ params: { id } }, reply) => {
    if (id === 'slow') await sleep(600)
    reply.code(id === 'missing' ? 404 : id === 'broken' ? 500 : 200)
    count(messages, text({ ...naming.always, result: id === 'broken' ? 'lost' : 'sent' }))
    return {}
  })
  app.addHook('onResponse', async ({ method, routeOptions }, { elapsedTime, statusCode }) => {
    if (routeOptions.url === '/metrics') return
    const { always, method: by, route, statusCode: status } = naming
    const labels = { ...always, [by]: method, [route]: 'invoices/{id}', [status]: `${statusCode}` }
    const durations = requests.get(text(labels)) ?? []
    requests.set(text(labels), [...durations, elapsedTime / 1000])
  })
  app.get('/metrics', async (_, reply) => {
    reply.type('text/plain; version=0.0.4')
    return [
      '# TYPE http_server_request_duration_seconds histogram',
      ...[...requests].flatMap(([labels, durations]) => histogramLines(labels, durations)),
      '# TYPE invoices_total counter',
      ...[...messages].map(([labels, value]) => `invoices_total{${labels}} ${value}`),
      '',
    ].join('\n')
  })
  onTestFinished(() => app.close())
  return app.listen({ port: 0, host: '127.0.0.1' })
}

const count = (counts: Map<string, number>, key: string) =>
  counts.set(key, (counts.get(key) ?? 0) + 1)

const text = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')

const histogramLines = (labels: string, durations: readonly number[]): string[] => {
  const name = 'http_server_request_duration_seconds'
  const below = (bound: number) => durations.filter((seconds) => seconds <= bound).length
  return [
    ...conventionalBounds.map((le) => `${name}_bucket{${labels},le="${le}"} ${below(le)}`),
    `${name}_bucket{${labels},le="+Inf"} ${durations.length}`,
    `${name}_sum{${labels}} ${durations.reduce((sum, seconds) => sum + seconds, 0)}`,
    `${name}_count{${labels}} ${durations.length}`,
  ]
}
