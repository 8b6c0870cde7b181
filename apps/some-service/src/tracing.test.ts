import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const browserSpan = 'b7ad6b7169203331'

interface Span {
  readonly traceId: string
  readonly parentSpanId?: string
  readonly spanId: string
  readonly name: string
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
  /** 2 is an error. */
  readonly status: { readonly code: number }
}

/** A fake of a collector: takes OTLP as JSON and keeps it. */
const startCollector = async () => {
  const bodies: unknown[] = []
  const server = createServer(async (request, response) => {
    bodies.push(await json(request))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const spans = () =>
    (bodies as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }[]).flatMap((body) =>
      body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, spans }
}

const startService = async (env: Record<string, string>) => {
  const child = spawn(
    process.execPath,
    ['--conditions=cx-source', join(import.meta.dirname, 'main.ts')],
    {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        OTEL_METRICS_EXPORTER: 'none',
        SAMPLE_FAULTS: 'off',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  let log = ''
  child.stdout.on('data', (data: Buffer) => (log += data.toString()))
  await expect.poll(() => log, { timeout: 15_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(log) ?? []
  const lines = () => log.split('\n').filter((line) => line.includes('"reqId"'))
  return { url, lines }
}

const tracedTo = (collector: { readonly url: string }) => ({
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_BSP_SCHEDULE_DELAY: '100',
  OTEL_NODE_RESOURCE_DETECTORS: 'none',
})

const asABrowser = (url: string) =>
  fetch(`${url}/api/documents/canary-id?mail=canary@example.com`, {
    headers: {
      traceparent: `00-${traceId}-${browserSpan}-01`,
      baggage: 'user.id=canary-person',
      'user-agent': 'canary-browser',
      'x-forwarded-for': '203.0.113.77',
    },
  })

test('a trace that a browser began goes on, with nothing in it but method, route and status', async () => {
  const collector = await startCollector()
  const { lines, url } = await startService(tracedTo(collector))
  await (await asABrowser(url)).text()
  await expect.poll(() => collector.spans().length, { timeout: 10_000 }).toBe(1)
  const [span] = collector.spans()
  expect(span).toMatchObject({
    traceId,
    parentSpanId: browserSpan,
    name: 'GET /api/documents/:documentId',
  })
  expect(span?.attributes.map(({ key }) => key).toSorted()).toEqual([
    'http.request.method',
    'http.response.status_code',
    'http.route',
  ])
  expect(JSON.stringify(collector.bodies)).not.toMatch(/canary|203\.0\.113/)
  // From what the service did back to its log: Fastify writes the first line before anybody can know the trace.
  const completed = () => lines().find((line) => line.includes('"res"')) ?? '{}'
  await expect
    .poll(() => JSON.parse(completed()))
    .toMatchObject({ trace_id: traceId, span_id: span?.spanId })
  expect(lines().join()).not.toMatch(/canary|203\.0\.113/)
}, 30_000)

test('a failure, a route that is not there and a browser that goes away are told, and not what was asked for', async () => {
  const collector = await startCollector()
  const { lines, url } = await startService(tracedTo(collector))
  const breakDocuments = (mode: 'errors' | 'slowness') =>
    fetch(`${url}/breakage`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode, delayMilliseconds: 30_000 }),
    })
  await breakDocuments('errors')
  await fetch(`${url}/api/documents/canary-id`)
  await fetch(`${url}/canary-path?mail=canary@example.com`)
  await breakDocuments('slowness')
  const arrived = () =>
    lines().filter((line) => line.includes('incoming request') && line.includes('documentId'))
  const browser = new AbortController()
  const left = fetch(`${url}/api/documents/canary-id`, { signal: browser.signal })
  await expect.poll(() => arrived().length, { timeout: 10_000 }).toBe(2)
  browser.abort()
  await expect(left).rejects.toThrow('aborted')
  const told = () =>
    collector
      .spans()
      .map(({ attributes, name, status }) => [
        name,
        attributes.find(({ key }) => key === 'http.response.status_code')?.value,
        status.code,
      ])
      .filter(([name]) => name !== 'PUT /breakage')
  await expect.poll(told, { timeout: 10_000 }).toEqual([
    ['GET /api/documents/:documentId', { intValue: 500 }, 2],
    ['GET', { intValue: 404 }, 0],
    // As it is counted in cx_requests_total.
    ['GET /api/documents/:documentId', { intValue: 499 }, 0],
  ])
  expect(JSON.stringify(collector.bodies)).not.toContain('canary')
}, 30_000)

test('where traces go nowhere, the log still says which trace of the browser a request was of', async () => {
  const { lines, url } = await startService({})
  await (await asABrowser(url)).text()
  await (await fetch(`${url}/api/documents/a-1`)).text()
  await expect.poll(() => lines().filter((line) => line.includes('"res"')).length).toBe(2)
  const completed = lines()
    .filter((line) => line.includes('"res"'))
    .map((line) => JSON.parse(line))
  expect(completed[0]).toMatchObject({ trace_id: traceId })
  expect(completed[1]).not.toHaveProperty('trace_id')
}, 30_000)
