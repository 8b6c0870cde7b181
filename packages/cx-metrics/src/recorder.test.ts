import { diag, type DiagLogger, DiagLogLevel } from '@opentelemetry/api'
import { jobs, outcomes, requestDuration, requests } from 'cx-definition'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { createRecorder, type Recorder, type RequestRecord } from './recorder.ts'

const durationBounds = [0.1, 0.3, 1]
const catalog = { dimension: { name: 'customer', limit: 100, pinned: [] }, durationBounds }

const warnings: string[] = []
const silent = () => {}
const logger: DiagLogger = {
  error: silent,
  info: silent,
  debug: silent,
  verbose: silent,
  warn: (...words) => void warnings.push(words.join(' ')),
}

beforeEach(() => {
  warnings.length = 0
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true })
})

const record = (recorder: Recorder, request: Partial<RequestRecord> = {}) =>
  recorder.recordRequest({
    customer: 'contoso',
    method: 'GET',
    route: '/',
    statusCode: 200,
    durationSeconds: 0.2,
    ...request,
  })

const counters = ({ store }: Recorder) => [...store.counters(requests).series]
const histograms = ({ store }: Recorder) => [...store.histograms(requestDuration, []).series]

test('a request counts by its status code, and its time by its outcome', () => {
  const recorder = createRecorder({ catalog })
  record(recorder)
  record(recorder, { statusCode: 204, durationSeconds: 5 })
  record(recorder, { statusCode: 404 })
  record(recorder, { statusCode: 500 })
  record(recorder, { statusCode: 500 })
  const status = 'http.response.status_code'
  expect(
    counters(recorder).map(({ attributes, value }) => [
      attributes[status],
      attributes.outcome,
      value,
    ]),
  ).toEqual([
    [200, 'success', 1],
    [204, 'success', 1],
    [404, 'client_error', 1],
    [500, 'server_error', 2],
  ])
  expect(
    histograms(recorder).map(({ attributes, counts, sum }) => [
      attributes.outcome,
      [...counts],
      sum,
    ]),
  ).toEqual([
    ['success', [0, 1, 0, 1], 5.2],
    ['client_error', [0, 1, 0, 0], 0.2],
    ['server_error', [0, 2, 0, 0], 0.4],
  ])
})

test('what a client can make up stays bounded: methods, and routes that are URLs', () => {
  const recorder = createRecorder({ catalog })
  for (let index = 0; index < 3000; index += 1)
    record(recorder, { method: `X${index}`, route: `/documents/${index}` })
  const labels = counters(recorder).map(({ attributes }) => attributes)
  expect(new Set(labels.map((each) => each['http.request.method']))).toEqual(new Set(['_OTHER']))
  expect(new Set(labels.map((each) => each['http.route'])).size).toBe(1001)
  expect(counters(recorder).reduce((sum, { value }) => sum + value, 0)).toBe(3000)
})

test('jobs that are named by an id stay bounded', () => {
  const recorder = createRecorder({ catalog })
  for (let index = 0; index < 3000; index += 1)
    recorder.recordJob({
      customer: 'contoso',
      name: `invoice-${index}`,
      outcome: 'success',
      durationSeconds: 1,
    })
  const counted = recorder.store.families.find(
    ({ instrument }) => instrument.name === 'cx_jobs_total',
  )
  expect(counted?.series.size).toBe(1001)
})

test('a job counts by its name and outcome', () => {
  const recorder = createRecorder({ catalog })
  recorder.recordJob({
    customer: 'contoso',
    name: 'invoice',
    outcome: 'success',
    durationSeconds: 2,
  })
  recorder.recordJob({
    customer: 'contoso',
    name: 'invoice',
    outcome: 'success',
    durationSeconds: 0.2,
  })
  recorder.recordJob({
    customer: undefined,
    name: 'invoice',
    outcome: 'server_error',
    durationSeconds: 0,
  })
  const found = [...recorder.store.counters(jobs).series].map(({ attributes, value }) => [
    ...Object.values(attributes),
    value,
  ])
  expect(found).toEqual([
    ['contoso', 'invoice', 'success', 2],
    ['none', 'invoice', 'server_error', 1],
  ])
})

test('names that differ in halves of surrogate pairs alone share their series', () => {
  const recorder = createRecorder({ catalog })
  for (const name of ['\uD800', '\uDC00', '\uD800']) {
    record(recorder, { route: name })
    recorder.recordJob({ customer: 'a', name, outcome: 'success', durationSeconds: 1 })
  }
  expect(counters(recorder).map(({ value }) => value)).toEqual([3])
  expect([...recorder.store.counters(jobs).series].map(({ value }) => value)).toEqual([3])
})

test('a duration on a bound counts below it, as Prometheus’ le says', () => {
  const recorder = createRecorder({ catalog })
  record(recorder, { durationSeconds: 0.3 })
  expect([...histograms(recorder)[0]!.counts]).toEqual([0, 1, 0, 0])
})

test.for([
  [-1, [1, 0, 0, 0], 0],
  [Number.NaN, [0, 0, 0, 0], 0],
  [Infinity, [0, 0, 0, 0], 0],
] as const)(
  'a duration of %d keeps the count right and the sum from falling',
  ([durationSeconds, counts, sum]) => {
    const recorder = createRecorder({ catalog })
    record(recorder, { durationSeconds })
    expect(counters(recorder)[0]!.value).toBe(1)
    expect([...histograms(recorder)[0]!.counts]).toEqual(counts)
    expect(histograms(recorder)[0]!.sum).toBe(sum)
  },
)

test('what cannot be recorded is dropped with one warning, and the request goes on', () => {
  const recorder = createRecorder({ catalog })
  const hostile = Object.defineProperty({} as RequestRecord, 'method', {
    get: () => {
      throw new Error('gone')
    },
  })
  for (let times = 0; times < 3; times += 1) {
    expect(() => recorder.recordRequest(hostile)).not.toThrow()
  }
  expect(warnings.filter((line) => line.includes('could not be recorded'))).toHaveLength(1)
})

test.for([
  { route: undefined },
  { statusCode: undefined },
  { statusCode: 99 },
  { statusCode: 20.5 },
])('a request with %o is none, and not a success', (wrong) => {
  const recorder = createRecorder({ catalog })
  recorder.recordRequest({
    customer: 'a',
    method: 'GET',
    route: '/',
    statusCode: 200,
    durationSeconds: 0,
    ...wrong,
  } as RequestRecord)
  expect(counters(recorder)).toEqual([])
})

test('totals are those of a plain count, for any traffic', () => {
  const anyRequest = fc.record({
    customer: fc.oneof(fc.constantFrom('a', 'b', undefined), fc.string()),
    method: fc.constantFrom('GET', 'PUT'),
    route: fc.constantFrom('/', '/a/:b', 'unmatched'),
    statusCode: fc.integer({ min: 100, max: 599 }),
    durationSeconds: fc.double({ min: 0, max: 100, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(anyRequest, { maxLength: 200 }), (all) => {
      const recorder = createRecorder({
        catalog: { ...catalog, dimension: { name: 'customer', limit: 3, pinned: [] } },
      })
      for (const request of all) recorder.recordRequest(request)
      const inHistograms = histograms(recorder).flatMap(({ counts }) => [...counts])
      const total = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0)
      expect(total(counters(recorder).map(({ value }) => value))).toBe(all.length)
      expect(total(inHistograms)).toBe(all.length)
      const labels = counters(recorder).map(({ attributes }) => attributes)
      expect(new Set(labels.map(({ customer }) => customer)).size).toBeLessThanOrEqual(6)
      for (const { outcome } of labels) expect(outcomes).toContain(outcome)
    }),
  )
})
