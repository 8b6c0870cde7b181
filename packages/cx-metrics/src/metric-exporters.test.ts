import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { chosenExporters, otlpHistograms, otlpPush } from './metric-exporters.ts'

test.for([
  [{}, ['prometheus']],
  [{ OTEL_METRICS_EXPORTER: '' }, ['prometheus']],
  [{ OTEL_METRICS_EXPORTER: 'otlp' }, ['otlp']],
  [{ OTEL_METRICS_EXPORTER: 'prometheus, otlp,otlp' }, ['prometheus', 'otlp']],
  [{ OTEL_METRICS_EXPORTER: 'none' }, []],
  [{ OTEL_METRICS_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'TRUE' }, []],
] as const)('under %o metrics go to %o', ([env, expected]) => {
  expect(chosenExporters(env)).toEqual(expected)
})

test('what is not known is named', async () => {
  expect(() => chosenExporters({ OTEL_METRICS_EXPORTER: 'statsd,otlp' })).toThrow(
    'holds statsd. Use prometheus, otlp',
  )
  await expect(otlpPush({ OTEL_EXPORTER_OTLP_PROTOCOL: 'carrier-pigeon' })).rejects.toThrow(
    'is carrier-pigeon. Use one of grpc, http/json, http/protobuf.',
  )
})

test.for([
  [undefined, 'explicit'],
  ['', 'explicit'],
  ['explicit_bucket_histogram', 'explicit'],
  ['Base2_Exponential_Bucket_Histogram ', 'exponential'],
  ['toString', undefined],
] as const)('a histogram aggregation of %s is %s', ([name, expected]) => {
  const env = { OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: name }
  expect(otlpHistograms(env)).toBe(expected)
})

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

// OTLP's JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, as far as the tests look.
interface Otlp {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[]
  }[]
}
interface Attribute {
  readonly key: string
  readonly value: { readonly stringValue?: string }
}
interface Metric {
  readonly name: string
  readonly sum?: {
    readonly aggregationTemporality: number
    readonly dataPoints: readonly { readonly asDouble: number }[]
  }
  readonly histogram?: {
    readonly aggregationTemporality: number
    readonly dataPoints: readonly { readonly count: number | string }[]
  }
  readonly exponentialHistogram?: {
    readonly aggregationTemporality: number
    readonly dataPoints: readonly {
      readonly count: number | string
      readonly scale: number
      readonly positive: { readonly bucketCounts: readonly (number | string)[] }
    }[]
  }
}

/** A fake of an OTLP receiver: takes pushes over HTTP in JSON and keeps them. */
const startReceiver = async () => {
  const pushes: Otlp[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    pushes.push(JSON.parse(Buffer.concat(chunks).toString()) as Otlp)
    response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => server.close())
  const metrics = (name: string) =>
    pushes.flatMap(({ resourceMetrics }) =>
      resourceMetrics.flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap((scope) => scope.metrics.filter((metric) => metric.name === name)),
      ),
    )
  const resources = () =>
    pushes.flatMap(({ resourceMetrics }) =>
      resourceMetrics.map(({ resource }) =>
        Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value.stringValue])),
      ),
    )
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    metrics,
    pushes,
    resources,
  }
}

const program = `
  import { startMetrics } from 'cx-metrics/node'
  import { catalog } from 'cx-definition'
  const metrics = startMetrics({
    catalog: catalog({ owners: [], features: [] }),
    service: { name: 'pushing', version: '1.2.3' },
  })
  const request = () => metrics.recorder.recordRequest(
    { customer: 'contoso', method: 'GET', route: '/', statusCode: 200, durationSeconds: 0.2 })
  request()
  setInterval(() => {}, 1000)
  process.on('message', request)
  metrics.ready.then(() => console.log('ready'), (error) => console.log('not ready: ' + error.message))
`

const startProcess = async (env: Readonly<Record<string, string>>, code = program) => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=cx-source', '--input-type=module', '-e', code],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: {
        ...process.env,
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRIC_EXPORT_INTERVAL: '200',
        OTEL_METRIC_EXPORT_TIMEOUT: '150',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  stops.push(() => child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const said: string[] = []
  child.stderr!.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const lines = createInterface({ input: child.stdout! })
  const [line] = await once(lines, 'line')
  return { child, ended, line: line as string, stderr: () => said.join('') }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const until = async (isDone: () => boolean): Promise<void> => {
  for (let waited = 0; waited < 10_000 && !isDone(); waited += 50) await sleep(50)
  expect(isDone()).toBe(true)
}

const cumulative = 2
const delta = 1

test('totals are pushed, with the service, its version, environment and instance', async () => {
  const { endpoint, metrics, resources } = await startReceiver()
  const { child } = await startProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const total = () => metrics('cx_requests_total').at(-1)?.sum
  await until(() => total()?.dataPoints[0]?.asDouble === 1)
  child.send('request')
  await until(() => total()?.dataPoints[0]?.asDouble === 2)
  expect(total()?.aggregationTemporality).toBe(cumulative)
  expect(resources()[0]).toMatchObject({
    'service.name': 'pushing',
    'service.version': '1.2.3',
    'deployment.environment.name': 'development',
    'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  })
})

test('a backend that wants deltas gets what came since the last push, and every request once', async () => {
  const { endpoint, metrics } = await startReceiver()
  const { child } = await startProcess({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  })
  for (let requests = 0; requests < 4; requests += 1) {
    child.send('request')
    await sleep(150)
  }
  const values = () => metrics('cx_requests_total').map(({ sum }) => sum!.dataPoints[0]!.asDouble)
  await until(() => values().reduce((sum, value) => sum + value, 0) === 5)
  expect(values().length).toBeGreaterThan(1)
  expect(
    metrics('cx_requests_total').every(({ sum }) => sum!.aggregationTemporality === delta),
  ).toBe(true)
  const counts = metrics('cx_request_duration_seconds').map(({ histogram }) =>
    Number(histogram!.dataPoints[0]!.count),
  )
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5)
})

const exponential = {
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
}

test.for([
  ['cumulative', cumulative],
  ['delta', delta],
] as const)(
  'histograms are pushed with exponential buckets where they are asked for, %s, and scraped with explicit ones',
  async ([preference, temporality]) => {
    const { endpoint, metrics } = await startReceiver()
    const port = await freePort()
    const { child } = await startProcess({
      ...exponential,
      OTEL_METRICS_EXPORTER: 'prometheus,otlp',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference,
    })
    child.send('request')
    const points = () =>
      metrics('cx_request_duration_seconds').flatMap(
        ({ exponentialHistogram }) => exponentialHistogram!.dataPoints,
      )
    const counts = () => points().map(({ count }) => Number(count))
    // Of the deltas the sum, of the totals the last.
    await until(() =>
      preference === 'delta'
        ? counts().reduce((sum, count) => sum + count, 0) === 2
        : counts().at(-1) === 2,
    )
    for (const { count, positive } of points()) {
      const inBuckets = positive.bucketCounts.map(Number).reduce((sum, each) => sum + each, 0)
      expect(inBuckets).toBe(Number(count))
    }
    for (const { exponentialHistogram } of metrics('cx_request_duration_seconds'))
      expect(exponentialHistogram!.aggregationTemporality).toBe(temporality)
    const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(page).toMatch(/cx_request_duration_seconds_bucket\{.*le="0.25".*\}/)
  },
)

test('a histogram aggregation that is not known is told once, and explicit buckets are pushed', async () => {
  const { endpoint, metrics } = await startReceiver()
  const { stderr } = await startProcess({
    OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'round_buckets',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_LOG_LEVEL: 'warn',
  })
  await until(() => metrics('cx_request_duration_seconds').length > 1)
  expect(stderr().match(/round_buckets is not known/g)).toHaveLength(1)
  expect(metrics('cx_request_duration_seconds')[0]!.histogram).toBeDefined()
})

test('two processes push as two instances, so that their totals add up', async () => {
  const { endpoint, resources } = await startReceiver()
  await Promise.all([1, 2].map(() => startProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })))
  const instances = () => new Set(resources().map((resource) => resource['service.instance.id']))
  await until(() => instances().size === 2)
})

test('on SIGTERM what was not pushed yet is, held values too', async () => {
  const { endpoint, metrics } = await startReceiver()
  const { child, ended } = await startProcess({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_METRIC_EXPORT_INTERVAL: '60000',
  })
  child.send('request')
  await sleep(100)
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
  expect(metrics('cx_requests_total').at(-1)?.sum?.dataPoints[0]?.asDouble).toBe(2)
})

test('an endpoint that cannot be reached leaves the service alone', async () => {
  const { child, line } = await startProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })
  expect(line).toBe('ready')
  for (let requests = 0; requests < 5; requests += 1) {
    child.send('request')
    await sleep(200)
  }
  expect(child.exitCode).toBeNull()
})
