import { diag, type DiagLogger, DiagLogLevel } from '@opentelemetry/api'
import { outcomes } from 'cx-definition'
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

const counted = ({ store }: Recorder) =>
  store.counters.map(({ labels, value }) => [labels.statusCode, labels.outcome, value])

test('a request counts by its status code, and its time by its outcome', () => {
  const recorder = createRecorder(catalog)
  record(recorder)
  record(recorder, { statusCode: 204, durationSeconds: 5 })
  record(recorder, { statusCode: 404 })
  record(recorder, { statusCode: 500 })
  record(recorder, { statusCode: 500 })
  expect(counted(recorder)).toEqual([
    [200, 'success', 1],
    [204, 'success', 1],
    [404, 'client_error', 1],
    [500, 'server_error', 2],
  ])
  const histograms = recorder.store.histograms.map(({ counts, labels, sum }) => [
    labels.outcome,
    [...counts],
    sum,
  ])
  expect(histograms).toEqual([
    ['success', [0, 1, 0, 1], 5.2],
    ['client_error', [0, 1, 0, 0], 0.2],
    ['server_error', [0, 2, 0, 0], 0.4],
  ])
})

test('a duration on a bound counts below it, as Prometheus’ le says', () => {
  const recorder = createRecorder(catalog)
  record(recorder, { durationSeconds: 0.3 })
  expect([...recorder.store.histograms[0]!.counts]).toEqual([0, 1, 0, 0])
})

test.for([
  [-1, [1, 0, 0, 0], 0],
  [Number.NaN, [0, 0, 0, 0], 0],
  [Infinity, [0, 0, 0, 0], 0],
] as const)(
  'a duration of %d keeps the count right and the sum from falling',
  ([durationSeconds, counts, sum]) => {
    const recorder = createRecorder(catalog)
    record(recorder, { durationSeconds })
    expect(recorder.store.counters[0]!.value).toBe(1)
    expect([...recorder.store.histograms[0]!.counts]).toEqual(counts)
    expect(recorder.store.histograms[0]!.sum).toBe(sum)
  },
)

test('what cannot be recorded is dropped with one warning, and the request goes on', () => {
  const recorder = createRecorder(catalog)
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
        ...catalog,
        dimension: { name: 'customer', limit: 3, pinned: [] },
      })
      for (const request of all) recorder.recordRequest(request)
      const { counters, histograms } = recorder.store
      const inHistograms = histograms.reduce(
        (sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0),
        0,
      )
      expect(counters.reduce((sum, { value }) => sum + value, 0)).toBe(all.length)
      expect(inHistograms).toBe(all.length)
      expect(new Set(counters.map(({ labels }) => labels.customer)).size).toBeLessThanOrEqual(6)
      for (const { labels } of counters) expect(outcomes).toContain(labels.outcome)
    }),
  )
})
