import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
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
  const request = (customer: string, durationSeconds = 0.2, statusCode = 200) =>
    recorder.recordRequest({ customer, method: 'GET', route: '/', statusCode, durationSeconds })
  return {
    pass,
    recorder,
    request,
    deltas: createProducer(recorder.store, { temporality: 'delta' }),
  }
}

type Metrics = ReadonlyMap<string, MetricData>

const collect = async (producer: StoreProducer): Promise<Metrics> => {
  const { errors, resourceMetrics } = await producer.collect()
  expect(errors).toEqual([])
  return new Map(
    resourceMetrics.scopeMetrics[0]!.metrics.map((metric) => [metric.descriptor.name, metric]),
  )
}

const requestsIn = (metrics: Metrics): readonly DataPoint<number>[] =>
  (metrics.get('cx_requests_total')?.dataPoints ?? []) as DataPoint<number>[]
const durationsIn = (metrics: Metrics): readonly DataPoint<Histogram>[] =>
  (metrics.get('cx_request_duration_seconds')?.dataPoints ?? []) as DataPoint<Histogram>[]

/** All that one collect holds, as numbers by series; a histogram's are its buckets and its sum. */
const numbersIn = (metrics: Metrics): ReadonlyMap<string, readonly number[]> =>
  new Map([
    ...requestsIn(metrics).map(
      ({ attributes, value }) => [JSON.stringify(attributes), [value]] as const,
    ),
    ...durationsIn(metrics).map(
      ({ attributes, value }) =>
        [JSON.stringify(attributes), [...value.buckets.counts, value.sum ?? NaN]] as const,
    ),
  ])

const added = (
  totals: ReadonlyMap<string, readonly number[]>,
  came: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, readonly number[]> =>
  new Map([
    ...totals,
    ...[...came].map(
      ([series, values]) =>
        [series, values.map((value, index) => value + (totals.get(series)?.[index] ?? 0))] as const,
    ),
  ])

const anyRequest = fc.record({
  customer: fc.constantFrom('contoso', 'fabrikam', 'northwind'),
  // A sum of binary fractions is the same in any order.
  eighths: fc.nat({ max: 8 }),
  statusCode: fc.constantFrom(200, 404, 500),
})

test('the deltas add up to the totals that another reader sees, in counters, buckets and sums', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anyRequest, { maxLength: 9 })), async (turns) => {
      const { deltas, pass, recorder, request } = setUp()
      const totals = createProducer(recorder.store)
      let sum: ReadonlyMap<string, readonly number[]> = new Map()
      for (const [index, turn] of turns.entries()) {
        for (const { customer, eighths, statusCode } of turn)
          request(customer, eighths / 8, statusCode)
        pass(15_000)
        sum = added(sum, numbersIn(await collect(deltas)))
        // At times of its own, which must not matter.
        if (index % 3 === 0) await collect(totals)
      }
      totals.release()
      expect(sum).toEqual(numbersIn(await collect(totals)))
    }),
  )
})

test('a delta begins where the one before it ended, is called one, and is left out where nothing came', async () => {
  const { deltas, pass, request } = setUp()
  const times = []
  for (const requests of [1, 0, 2]) {
    pass(10_000)
    for (let index = 0; index < requests; index += 1) request('contoso')
    const metrics = await collect(deltas)
    for (const metric of metrics.values())
      expect(metric.aggregationTemporality).toBe(AggregationTemporality.DELTA)
    expect(durationsIn(metrics)).toHaveLength(requests > 0 ? 1 : 0)
    times.push(
      requestsIn(metrics).map(({ startTime, endTime, value }) => [startTime[0], endTime[0], value]),
    )
  }
  // The first is not held at 0, and the last begins at the collect in which nothing came.
  expect(times).toEqual([[[1000, 1010, 1]], [], [[1020, 1030, 2]]])
})

test('a gauge shows its value, however little changed', async () => {
  const { deltas, pass, request } = setUp()
  request('contoso')
  for (let times = 0; times < 2; times += 1) {
    pass(10_000)
    expect((await collect(deltas)).get('cx_customers_tracked')).toMatchObject({
      dataPointType: DataPointType.GAUGE,
      dataPoints: [{ value: 1 }],
    })
  }
})

test('a label that a customer lost is free after one push, since nobody must see it at 0', async () => {
  const { deltas, pass, request } = setUp({ limit: 1 })
  const tracked = async () => {
    pass(5 * 60_000)
    return requestsIn(await collect(deltas)).map(({ attributes }) => attributes['customer'])
  }
  const pushed = []
  request('contoso')
  pushed.push(await tracked())
  for (let turn = 0; turn < 3; turn += 1) {
    for (let requests = 0; requests < 20; requests += 1) request('fabrikam')
    pushed.push(await tracked())
  }
  expect(pushed).toEqual([['contoso'], ['other'], ['fabrikam'], ['fabrikam']])
})
