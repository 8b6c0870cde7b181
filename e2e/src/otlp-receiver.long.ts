import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { usableGo } from 'load/build-k6'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { freePorts } from '../../scripts/stack/ports.ts'
import { builtPrometheus, isPrometheusBuilt } from './build-prometheus.ts'
import { startReceiver } from './otlp-receiver.ts'
import type { Work } from './pushing-service.ts'

const missing = isPrometheusBuilt() || usableGo() ? undefined : 'skipped: no Go that builds it'

interface Service {
  record(work: Partial<Work>): void
}

interface ServiceOptions {
  readonly endpoint: string
  /** How many, as a cluster; 0 is one process and no cluster. */
  readonly workers?: number
  readonly env?: Readonly<Record<string, string>>
}

const startService = async ({
  endpoint,
  env = {},
  workers = 0,
}: ServiceOptions): Promise<Service> => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=cx-source', 'src/pushing-service.ts', String(workers)],
    {
      env: {
        ...process.env,
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_METRIC_EXPORT_INTERVAL: '1000',
        OTEL_METRIC_EXPORT_TIMEOUT: '900',
        ...env,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const [said] = (await Promise.race([once(child, 'message'), ended])) as unknown[]
  expect(said).toBe('ready')
  return {
    record: (work) =>
      void child.send({ customer: 'contoso', statusCode: 200, seconds: 0.2, times: 1, ...work }),
  }
}

/** However busy the machine is. */
const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { interval: 500, timeout: 120_000 })

const freePort = async () => (await freePorts()).prometheus

const exponential = {
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
}
const deltas = { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' }

const total = 'sum(cx_requests_total)'
const timed = 'sum(cx_request_duration_seconds_count)'

/** Long enough for what is new to be shown at 0, and for how often there is a push to be known. */
const settle = () => sleep(5000)

describe.skipIf(missing)(`against Prometheus 3 as an OTLP receiver ${missing ?? ''}`, () => {
  beforeAll(() => void builtPrometheus(), 1_800_000)

  test('what is pushed has the names, labels and bounds of what is scraped', async () => {
    const { metrics: scrape, prometheus: port } = await freePorts()
    const { endpoint, labelSets, value } = await startReceiver({ port, scrape })
    const { record } = await startService({
      endpoint,
      env: {
        OTEL_METRICS_EXPORTER: 'prometheus,otlp',
        OTEL_EXPORTER_PROMETHEUS_PORT: String(scrape),
      },
    })
    record({})
    record({ statusCode: 500, customer: 'fabrikam', seconds: 3 })
    await eventually(() => value(`${total} == 4`)).toBe(4)
    // Who collects adds labels of its own: which target, or which process.
    const collectors = ['job', 'instance', 'service_instance_id']
    const seriesOf = async (match: string) =>
      (await labelSets(`{__name__=~"cx_.*",${match}}`))
        .map((labels) =>
          Object.entries(labels)
            .filter(([name]) => !collectors.includes(name))
            // Scraped, a bound is 1.0; pushed, it is 1: queries take both.
            .map(([name, each]) => `${name}=${name === 'le' ? each.replace(/\.0$/, '') : each}`)
            .toSorted()
            .join(' '),
        )
        .toSorted()
    const scraped = await seriesOf('job="scraped"')
    expect(new Set(scraped.map((each) => /__name__=(\S+)/.exec(each)![1])).size).toBeGreaterThan(18)
    expect(await seriesOf('job!="scraped"')).toEqual(scraped)
    const pushed = await labelSets('cx_requests_total{job!="scraped"}')
    for (const labels of pushed) {
      expect(labels.service_name).toBe('pushing')
      expect(labels.deployment_environment_name).toBe('test')
      expect(labels.service_instance_id).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('the sums over two processes, and over the workers of a cluster, are right', async () => {
    const { endpoint, query, value } = await startReceiver({ port: await freePort() })
    const one = await startService({ endpoint })
    const other = await startService({ endpoint })
    const cluster = await startService({ endpoint, workers: 3 })
    one.record({ times: 10 })
    other.record({ times: 20, customer: 'fabrikam' })
    cluster.record({ times: 100 })
    await eventually(() => value(total)).toBe(330)
    await eventually(() => value(timed)).toBe(330)
    expect(await value('sum(cx_sessions_total)')).toBe(5)
    expect(await value('count(count by (service_instance_id) (cx_requests_total))')).toBe(5)
    expect(await query('sum by (customer) (cx_requests_total)')).toEqual(
      expect.arrayContaining([
        { metric: { customer: 'contoso' }, value: 310 },
        { metric: { customer: 'fabrikam' }, value: 20 },
      ]),
    )
    // A resource that OpenTelemetry's own set-up made is there too, for whoever wants to join it.
    expect(await value('count(target_info)')).toBe(5)
  })

  test('the first error ever of a quiet customer is seen by increase()', async () => {
    const { endpoint, value } = await startReceiver({ port: await freePort() })
    const { record } = await startService({ endpoint })
    record({ times: 5 })
    await settle()
    record({ customer: 'quiet', statusCode: 500 })
    const errors = 'cx_requests_total{customer="quiet",outcome="server_error"}'
    await eventually(() => value(errors)).toBe(1)
    // It extrapolates to the window's edges.
    expect(await value(`sum(increase(${errors}[5m]))`)).toBeGreaterThanOrEqual(1)
  })

  test('native histograms hold what the counters count, where exponential buckets are asked for', async () => {
    const { endpoint, query, value } = await startReceiver({
      port: await freePort(),
      features: ['native-histograms'],
    })
    const services = [
      await startService({ endpoint, env: exponential }),
      await startService({ endpoint, env: exponential }),
    ]
    // So many that increase() does not take the counters for new ones, which it extrapolates less far.
    for (const { record } of services) record({ seconds: 0.11, times: 1000 })
    await eventually(() => value('histogram_count(sum(cx_request_duration_seconds))')).toBe(2000)
    await settle()
    const start = Date.now()
    // In two goes, with a scale that falls between them.
    let expected = 2000
    for (const wave of [
      [0.1, 0.12],
      [0.0001, 40],
    ]) {
      for (const { record } of services) for (const seconds of wave) record({ seconds, times: 25 })
      expected += 100
      await eventually(() => value('histogram_count(sum(cx_request_duration_seconds))')).toBe(
        expected,
      )
    }
    await eventually(() => value(total)).toBe(expected)
    expect(await query('cx_request_duration_seconds_bucket')).toEqual([])
    // increase() extrapolates to the window's edges, both alike where the series are older than it.
    const since = Math.ceil((Date.now() - start) / 1000) + 2
    const at = (Date.now() / 1000).toFixed(3)
    const counted = await value(`sum(increase(cx_requests_total[${since}s] @ ${at}))`)
    const inHistograms = await value(
      `histogram_count(sum(increase(cx_request_duration_seconds[${since}s] @ ${at})))`,
    )
    expect(inHistograms).toBeCloseTo(counted!, 6)
    expect(inHistograms).toBeGreaterThan(199)
    const seconds = 2000 * 0.11 + 50 * (0.1 + 0.12 + 0.0001 + 40)
    expect(await value('histogram_sum(sum(cx_request_duration_seconds))')).toBeCloseTo(seconds, 6)
    // Half of them up to 0.1 s, and the buckets at this range are a tenth of a value wide.
    const median = await value(
      `histogram_quantile(0.5, sum(increase(cx_request_duration_seconds[${since}s] @ ${at})))`,
    )
    expect(median).toBeGreaterThan(0.09)
    expect(median).toBeLessThan(0.12)
    expect(await value('histogram_count(sum(cx_journey_step_duration_seconds))')).toBe(10)
    expect(await value('histogram_count(sum(cx_web_layout_shift))')).toBe(10)
  })

  test.for([
    ['explicit', {}, timed],
    ['exponential', exponential, 'histogram_count(sum(cx_request_duration_seconds))'],
  ] as const)(
    'deltas with %s buckets add up to every request',
    async ([, buckets, inHistograms]) => {
      const { endpoint, value } = await startReceiver({
        port: await freePort(),
        features: ['native-histograms', 'otlp-deltatocumulative'],
      })
      const services = [
        await startService({ endpoint, env: { ...deltas, ...buckets } }),
        await startService({ endpoint, env: { ...deltas, ...buckets } }),
      ]
      let expected = 0
      for (const seconds of [0.2, 7, 0.0003, 0]) {
        for (const { record } of services) record({ seconds, times: 30 })
        expected += 60
        await eventually(() => value(total)).toBe(expected)
      }
      await eventually(() => value(inHistograms)).toBe(expected)
    },
  )

  test('a receiver that comes up later loses no count', async () => {
    const port = await freePort()
    const endpoint = `http://127.0.0.1:${port}/api/v1/otlp`
    const { record } = await startService({ endpoint })
    record({ times: 40 })
    await settle()
    record({ times: 2, statusCode: 500 })
    const { value } = await startReceiver({ port })
    await eventually(() => value(total)).toBe(42)
    await eventually(() => value(timed)).toBe(42)
  })
})
