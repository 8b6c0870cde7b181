import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type ExponentialHistogram,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBrowserSeries } from './browser-series.ts'
import { createProducer, type StoreProducer } from './producer.ts'
import { createRecorder } from './recorder.ts'

const setUp = ({ limit = 100 } = {}) => {
  let now = 1_000_000
  const recorder = createRecorder({
    catalog: { dimension: { name: 'customer', limit, pinned: [] }, durationBounds: [0.1, 0.3] },
    now: () => now,
  })
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  const request = (durationSeconds: number, customer = 'contoso') =>
    recorder.recordRequest({
      customer,
      method: 'GET',
      route: '/',
      statusCode: 200,
      durationSeconds,
    })
  return { pass, recorder, request }
}

const histogramsOf = async (producer: StoreProducer): Promise<readonly MetricData[]> => {
  const { errors, resourceMetrics } = await producer.collect()
  expect(errors).toEqual([])
  return resourceMetrics.scopeMetrics[0]!.metrics.filter(({ descriptor }) =>
    /duration|web/.test(descriptor.name),
  )
}

const points = async (producer: StoreProducer) =>
  (await histogramsOf(producer)).flatMap(
    ({ dataPoints }) => dataPoints as DataPoint<ExponentialHistogram>[],
  )

const totalOf = (value: ExponentialHistogram | Histogram) =>
  'buckets' in value
    ? value.buckets.counts.reduce((sum, count) => sum + count, 0)
    : value.positive.bucketCounts.reduce((sum, count) => sum + count, value.zeroCount)

test('totals are pushed in exponential buckets, of the same values and labels as the explicit ones', async () => {
  const { recorder, request } = setUp()
  const exponential = createProducer(recorder.store, { histograms: 'exponential' })
  const explicit = createProducer(recorder.store)
  for (const seconds of [0, 1, 2, 3]) request(seconds)
  exponential.release()
  explicit.release()
  const [metric] = await histogramsOf(exponential)
  expect(metric).toMatchObject({
    dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM,
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    descriptor: { name: 'cx_request_duration_seconds', unit: 's' },
  })
  const [theirs] = await histogramsOf(explicit)
  expect(theirs!.dataPointType).toBe(DataPointType.HISTOGRAM)
  expect(metric!.dataPoints[0]!.attributes).toEqual(theirs!.dataPoints[0]!.attributes)
  const { negative, positive, scale, ...rest } = metric!.dataPoints[0]!
    .value as ExponentialHistogram
  expect(rest).toEqual({ count: 4, sum: 6, zeroCount: 1 })
  expect(negative).toEqual({ offset: 0, bucketCounts: [] })
  // From 1 to 3 is one and a half doublings: 160 buckets hold that at 64 a doubling, and 1 ends the bucket below 0.
  expect(scale).toBe(6)
  expect(positive.offset).toBe(-1)
  const counted = positive.bucketCounts.flatMap((count, index) =>
    count === 0 ? [] : [[index - 1, count]],
  )
  expect(counted).toEqual([
    [-1, 1],
    [63, 1],
    [101, 1],
  ])
})

test('a new series stands at 0, without buckets, until it was seen there', async () => {
  const { pass, recorder, request } = setUp()
  const producer = createProducer(recorder.store, { histograms: 'exponential' })
  const collect = () => {
    pass(15_000)
    return points(producer)
  }
  await collect()
  await collect()
  request(0.2)
  request(5)
  const shown = []
  for (let turn = 0; turn < 3; turn += 1) shown.push((await collect())[0]!.value)
  const [first, second, third] = shown
  for (const held of [first, second])
    expect(held).toMatchObject({ count: 0, sum: 0, zeroCount: 0, positive: { bucketCounts: [] } })
  expect(third).toMatchObject({ count: 2, sum: 5.2 })
  // Prometheus takes a scale that rises for a restart.
  expect(third!.scale).toBe(first!.scale)
})

test('no histogram counts exponentially unless a reader wants it', () => {
  const { recorder, request } = setUp()
  createProducer(recorder.store)
  request(0.2)
  const kept = recorder.store.families.flatMap(({ bounds, series }) =>
    bounds ? [...series].map(({ exponential }) => exponential) : [],
  )
  expect(kept).toEqual([undefined])
})

test('a reader that comes late counts from then on, and says so', async () => {
  const { pass, recorder, request } = setUp()
  request(0.2)
  pass(60_000)
  const producer = createProducer(recorder.store, { histograms: 'exponential' })
  producer.release()
  request(3)
  const [point] = await points(producer)
  expect(point!.value).toMatchObject({ count: 1, sum: 3 })
  expect(point!.startTime).toEqual([1060, 0])
})

test('what browsers send is in exponential buckets as well', async () => {
  const { recorder } = setUp()
  const browser = createBrowserSeries(recorder.store)
  const producer = createProducer(recorder.store, { histograms: 'exponential' })
  producer.release()
  const page = { type: 'vital', page: '/', count: 3 } as const
  browser.record('web', { ...page, name: 'LCP', value: 2 })
  browser.record('web', { ...page, name: 'CLS', value: 0 })
  const step = { type: 'step', journey: 'j', step: 's', event: 'completed' } as const
  browser.record('web', { ...step, count: 2, seconds: 40 })
  const found = (await histogramsOf(producer)).map(({ dataPoints, descriptor }) => [
    descriptor.name,
    (dataPoints as DataPoint<ExponentialHistogram>[]).map(({ value }) => value.count),
  ])
  expect(found).toEqual(
    [
      ['cx_request_duration_seconds', []],
      ['cx_journey_step_duration_seconds', [2]],
      ['cx_web_vital_seconds', [3]],
      ['cx_web_layout_shift', [3]],
    ].filter(([, counts]) => counts!.length > 0),
  )
})

test.for(['explicit', 'exponential'] as const)(
  'every request is in the deltas once and in the totals’ rise once, while customers come and go: %s',
  async (histograms) => {
    const anyTurn = fc.array(
      fc.record({
        customer: fc.integer({ min: 0, max: 5 }).map((index) => `customer-${index}`),
        requests: fc.integer({ min: 0, max: 60 }),
        seconds: fc.double({ min: 0, max: 1000, noNaN: true }),
      }),
      { maxLength: 5 },
    )
    const of = (name: string, requests: number) => ({
      customer: `customer-${name}`,
      requests,
      seconds: 0,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anyTurn, { maxLength: 40 }), async (turns) => {
        const { pass, recorder, request } = setUp({ limit: 2 })
        const deltas = createProducer(recorder.store, {
          histograms,
          temporality: 'delta',
        })
        const totals = createProducer(recorder.store, { histograms })
        let recorded = 0
        let inDeltas = 0
        let risen = 0
        let last = new Map<string, number>()
        const collect = async () => {
          // Long enough that a label may be lost at any turn.
          pass(5 * 60_000)
          for (const { value } of await points(deltas)) {
            expect(totalOf(value)).toBe(value.count)
            inDeltas += value.count
          }
          const seen = new Map<string, number>()
          for (const { attributes, value } of await points(totals)) {
            const customer = String(attributes.customer)
            seen.set(customer, totalOf(value))
            const before = last.get(customer)
            if (before !== undefined)
              risen += value.count < before ? value.count : value.count - before
          }
          last = seen
        }
        for (const turn of turns) {
          for (const { customer, requests, seconds } of turn) {
            for (let index = 0; index < requests; index += 1)
              request(seconds / (index + 1), customer)
            recorded += requests
          }
          await collect()
        }
        for (let quiet = 0; quiet < 4; quiet += 1) await collect()
        expect(inDeltas).toBe(recorded)
        expect(risen).toBe(recorded)
      }),
      {
        numRuns: 50,
        // A customer that loses its label while a reader of totals holds its series still, and one of deltas is done.
        examples: [
          [
            [
              [of('0', 1), of('1', 1)],
              [of('2', 15)],
              [],
              [of('0', 14)],
              [],
              [of('3', 15), of('2', 1)],
            ],
          ],
        ],
      },
    )
  },
)
