import { dateTime, type TimeRange } from '@grafana/data'
import { expect, test } from 'vitest'
import { prepareQueries, type QueryScope, type Target } from './run-queries.ts'

const lasting = (seconds: number): TimeRange => ({
  from: dateTime(0),
  to: dateTime(seconds * 1000),
  raw: { from: 'now-1h', to: 'now' },
})
const scope = (seconds: number, part: Partial<QueryScope> = {}): QueryScope => ({
  context: { variables: [], range: lasting(seconds) },
  scrapeIntervalSeconds: 5,
  maxDataPoints: 1000,
  minInterval: '',
  ...part,
})
const prepare = (target: Target, of: QueryScope) =>
  prepareQueries([{ expr: 'rate(x[$__rate_interval])', ...target }], of)[0]!

test('The rate interval is at least four scrapes, and one scrape more than the step.', () => {
  expect(prepare({}, scope(900))).toMatchObject({ expr: 'rate(x[20s])', stepMs: 5000 })
  expect(prepare({}, scope(86_400))).toMatchObject({ expr: 'rate(x[65s])', stepMs: 60_000 })
})

test("A target's own minimal step stands in for the scrape interval.", () => {
  expect(prepare({ interval: '1m' }, scope(900))).toMatchObject({
    expr: 'rate(x[240s])',
    stepMs: 60_000,
  })
})

test("A panel's minimal interval widens the step and not what a rate looks back over.", () => {
  expect(prepare({}, scope(900, { minInterval: '30s' }))).toMatchObject({
    expr: 'rate(x[35s])',
    stepMs: 30_000,
  })
})

test('Prometheus is never asked for more points than it gives.', () => {
  expect(prepare({}, scope(30 * 86_400, { maxDataPoints: 1_000_000 })).stepMs).toBe(236_000)
})

const kinds = (target: Target) => prepare(target, scope(900))

test('A target is a range unless it says instant, and both if it says both.', () => {
  expect(kinds({})).toMatchObject({ isRange: true, isInstant: false })
  expect(kinds({ instant: true })).toMatchObject({ isRange: false, isInstant: true })
  expect(kinds({ instant: true, range: false })).toMatchObject({ isRange: false, isInstant: true })
  expect(kinds({ instant: true, range: true })).toMatchObject({ isRange: true, isInstant: true })
})

test('Hidden and empty targets are not asked.', () => {
  expect(
    prepareQueries(
      [{ expr: ' ' }, { expr: 'up', hide: true }, { expr: 'up', refId: 'C' }],
      scope(900),
    ).map(({ refId }) => refId),
  ).toEqual(['C'])
})
