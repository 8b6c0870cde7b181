// The child of scraping.ts: holds about 100,000 series as its argument says, and scrapes them when it is asked to.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { conventionalBounds } from 'cx-definition'
import { createPrometheusText } from 'cx-metrics/prometheus-text'
import { createRecorder } from 'cx-metrics/recorder'
import { Counter, Histogram, Registry } from 'prom-client'

// A counter, and a histogram's buckets, sum and count.
const seriesPerLabelSet = conventionalBounds.length + 4
const labelSetCount = Math.round(100_000 / seriesPerLabelSet)

// As a router and a customer table hold them: once each, and flat.
const names = (count: number, nameOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => Buffer.from(nameOf(index)).toString())
const customers = names(100, (index) => `customer-${index}`)
const routes = names(Math.ceil(labelSetCount / 100), (index) => `/api/resources/:id/parts/${index}`)

const labelSets = Array.from({ length: labelSetCount }, (_, index) => ({
  customer: customers[index % 100] as string,
  method: 'GET',
  route: routes[Math.floor(index / 100)] as string,
  status: '200',
  outcome: 'success',
}))

type LabelSets = typeof labelSets

const ours = (sets: LabelSets) => {
  const recorder = createRecorder({
    catalog: {
      dimension: { name: 'customer', limit: 1000, pinned: [] },
      durationBounds: conventionalBounds,
    },
  })
  for (const { customer, method, route } of sets) {
    recorder.recordRequest({ customer, method, route, statusCode: 200, durationSeconds: 0.1 })
  }
  const text = createPrometheusText(recorder.store, { 'service.name': 'bench' })
  text.release()
  return async () => {
    let length = 0
    for await (const part of text.parts()) length += part.length
    return length
  }
}

const promClient = (sets: LabelSets) => {
  const registry = new Registry()
  const labelNames = ['customer', 'method', 'route', 'status', 'outcome']
  const counter = new Counter({
    name: 'cx_requests_total',
    help: 'For the benchmark',
    labelNames,
    registers: [registry],
  })
  const histogram = new Histogram({
    name: 'cx_request_duration_seconds',
    help: 'For the benchmark',
    labelNames,
    buckets: [...conventionalBounds],
    registers: [registry],
  })
  for (const labels of sets) {
    counter.inc(labels)
    histogram.observe(labels, 0.1)
  }
  return async () => (await registry.metrics()).length
}

const openTelemetry = (sets: LabelSets) => {
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const meter = new MeterProvider({
    readers: [exporter],
    views: [{ instrumentName: '*', aggregationCardinalityLimit: labelSetCount + 1 }],
  }).getMeter('bench')
  const counter = meter.createCounter('cx_requests_total')
  const histogram = meter.createHistogram('cx_request_duration_seconds', {
    advice: { explicitBucketBoundaries: [...conventionalBounds] },
  })
  for (const labels of sets) {
    counter.add(1, labels)
    histogram.record(0.1, labels)
  }
  return () =>
    new Promise<number>((resolve) => {
      const end = (page: string) => resolve(page.length)
      exporter.getMetricsRequestHandler(undefined as never, { setHeader: () => {}, end } as never)
    })
}

/** The longest time between two turns of the event loop during a scrape, in milliseconds. */
const longestHold = async (scrape: () => Promise<number>): Promise<number> => {
  let last = performance.now()
  let longest = 0
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  let handle = setImmediate(function turn() {
    look()
    handle = setImmediate(turn)
  })
  await scrape()
  look()
  clearImmediate(handle)
  return longest
}

const idleMilliseconds = 25

/** Only looks on, for as long as a scrape of ours takes: how long the machine itself holds a process up. */
const idle = () => async () => {
  const end = performance.now() + idleMilliseconds
  while (performance.now() < end) await nextTurn()
  return 0
}

const fills = {
  'cx-metrics': ours,
  'prom-client': promClient,
  'OpenTelemetry SDK': openTelemetry,
  'no scrape at all': idle,
}

const heapUsed = (): number => {
  globalThis.gc!()
  globalThis.gc!()
  const { arrayBuffers, heapUsed: heap } = process.memoryUsage()
  return heap + arrayBuffers
}

const fill = fills[process.argv[2] as keyof typeof fills]
// Code and buffers that are there for any number of series are none of a series' cost.
await fill(labelSets.slice(0, 100))()
const before = heapUsed()
const scrape = fill(labelSets)
await scrape()
await scrape()
const seriesCount = labelSetCount * seriesPerLabelSet
process.send!({ seriesCount, bytesPerSeries: (heapUsed() - before) / seriesCount })

process.on('message', async () => {
  const start = performance.now()
  const holdMilliseconds = await longestHold(scrape)
  process.send!({ milliseconds: performance.now() - start, holdMilliseconds })
})
