import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { conventionalBounds, type Instrument } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createProducer } from './producer.ts'
import { createPrometheusText, type PrometheusText } from './prometheus-text.ts'
import { createRecorder } from './recorder.ts'
import { createSeriesStore, type SeriesStore } from './series-store.ts'

const constant = { 'service.name': 'some "service"', 'deployment.environment.name': 'test' }

const pageOf = async (text: PrometheusText): Promise<string> => {
  let page = ''
  for await (const part of text.parts()) page += part.toString()
  return page
}

/** What exporter-prometheus makes of the same store. */
const exportersPage = async (store: SeriesStore): Promise<string> => {
  const producer = createProducer(store)
  producer.release()
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    metricProducers: [producer],
    withResourceConstantLabels: /./,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  })
  const provider = new MeterProvider({
    readers: [exporter],
    resource: resourceFromAttributes(constant),
  })
  const page = await new Promise<string>((resolve) => {
    exporter.getMetricsRequestHandler(
      undefined as never,
      { setHeader: () => {}, end: resolve } as never,
    )
  })
  await provider.shutdown()
  return page
}

const lines = (page: string) => page.split('\n').filter((line) => line !== '')

const anyRequest = fc.record({
  customer: fc.oneof(fc.constantFrom('a', 'b', undefined), fc.string()),
  method: fc.constantFrom('GET', 'PUT', '_OTHER'),
  route: fc.oneof(
    fc.constantFrom('/', '/a/:b'),
    // One kind of what is special at a time.
    fc.string({ unit: fc.constantFrom('a', '"'), minLength: 1 }),
    fc.string({ unit: fc.constantFrom('a', '\\'), minLength: 1 }),
    fc.string({ unit: fc.constantFrom('a', '\n', '\0', '~', '\u007F'), minLength: 1 }),
    fc.string({ unit: 'binary' }),
  ),
  statusCode: fc.integer({ min: 100, max: 599 }),
  durationSeconds: fc.double({ min: 0, max: 100, noNaN: true }),
})

test('the page is that of exporter-prometheus, line by line, whatever was recorded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRequest, { maxLength: 50 }), async (requests) => {
      const recorder = createRecorder({
        catalog: {
          dimension: { name: 'customer', limit: 5, pinned: [] },
          durationBounds: conventionalBounds,
        },
        build: { version: '1.0.0', commit: 'a\\b"c\nd' },
      })
      for (const request of requests) recorder.recordRequest(request)
      const text = createPrometheusText(recorder.store, constant)
      text.release()
      const page = await pageOf(text)
      // It leaves lone surrogates as they are, which is no UTF-8.
      expect(lines(page)).toEqual(lines((await exportersPage(recorder.store)).toWellFormed()))
    }),
  )
})

test('a new series stands at 0, buckets and sum too, until it was seen there', async () => {
  let now = 0
  const recorder = createRecorder({
    catalog: { dimension: { name: 'customer', limit: 5, pinned: [] }, durationBounds: [1] },
    now: () => now,
  })
  const text = createPrometheusText(recorder.store, {})
  const scrape = async () => {
    now += 15_000
    return lines(await pageOf(text)).filter((line) => line.startsWith('cx_request'))
  }
  await scrape()
  await scrape()
  recorder.recordRequest({
    customer: 'a',
    method: 'GET',
    route: '/',
    statusCode: 500,
    durationSeconds: 0.5,
  })
  for (const value of ['0', '0', '1']) {
    const values = (await scrape()).map((line) => line.split(' ').at(-1))
    expect(values).toEqual([value, value, value === '1' ? '0.5' : '0', value, value])
  }
})

test('labels that are longer than a part are on the page all the same', async () => {
  const store = createSeriesStore({ dimensionName: 'customer' })
  const instrument: Instrument = {
    name: 'c',
    kind: 'counter',
    unit: '',
    description: 'd',
    attributes: ['some', 'other'],
  }
  const long = '\u{1F600}"é'.repeat(50_000)
  const family = store.counters(instrument)
  for (const some of ['short', long]) family.add({ some, other: long })
  const text = createPrometheusText(store, {})
  text.release()
  const escaped = long.replaceAll('"', String.raw`\"`)
  expect(lines(await pageOf(text)).slice(2)).toEqual([
    `c{some="short",other="${escaped}"} 0`,
    `c{some="${escaped}",other="${escaped}"} 0`,
  ])
})

test('a store without labels, or without anything, is a page as well', async () => {
  const store = createSeriesStore({ dimensionName: 'customer' })
  expect(await pageOf(createPrometheusText(store, {}))).toBe('')
  const histogram: Instrument = {
    name: 'h',
    kind: 'histogram',
    unit: '',
    description: 'a\\b\nc',
    attributes: [],
  }
  store.histograms(histogram, [0.5]).add({})
  const text = createPrometheusText(store, {})
  text.release()
  expect(lines(await pageOf(text))).toEqual([
    String.raw`# HELP h a\\b\nc`,
    '# TYPE h histogram',
    'h_count{} 0',
    'h_sum{} 0',
    'h_bucket{le="0.5"} 0',
    'h_bucket{le="+Inf"} 0',
  ])
})

test('a large page comes in parts, with turns of the event loop between them', async () => {
  const store = createSeriesStore({ dimensionName: 'customer' })
  const family = store.histograms(
    { name: 'h', kind: 'histogram', unit: 's', description: 'd', attributes: [] },
    conventionalBounds,
  )
  for (let index = 0; index < 5000; index += 1) family.add({ index })
  let parts = 0
  let turns = 0
  const turn = () => {
    turns += 1
    handle = setImmediate(turn)
  }
  let handle = setImmediate(turn)
  for await (const part of createPrometheusText(store, {}).parts())
    parts += part.length === 0 ? 0 : 1
  clearImmediate(handle)
  expect(parts).toBeGreaterThan(20)
  expect(turns).toBeGreaterThan(2)
})
