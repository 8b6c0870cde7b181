import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madeHistory, type MadeSeries } from './made-series.ts'

const counter: MadeSeries = {
  name: 'requests_total',
  labels: {},
  kind: 'counter',
  perSecond: 10,
  share: 1,
  spells: [],
  flow: 'reads',
  isWhole: true,
}
const origin = 1_800_000_000
const begin = origin - 6 * 3600
const valueAt = (series: MadeSeries, ...times: readonly number[]) => {
  const history = madeHistory([series], begin, origin)
  return times.map((time) => history.at(time)[0]?.value)
}

test('A counter begins at 0 and counts about what its flow is.', () => {
  const [first, last] = valueAt(counter, begin, origin)
  expect(first).toBe(0)
  expect(last).toBeGreaterThan(10 * 6 * 3600 * 0.8)
  expect(last).toBeLessThan(10 * 6 * 3600 * 1.2)
})

test('A counter is whole and never goes back, and is the same however often it is looked at.', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 360 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(minutes, (looks) => {
      const times = looks.toSorted((a, b) => a - b).map((minute) => begin + 60 * minute)
      const values = valueAt(counter, ...times).map(Number)
      expect(values.every(Number.isInteger)).toBe(true)
      expect(values).toEqual(values.toSorted((a, b) => a - b))
      expect(values.at(-1)).toBe(valueAt(counter, times.at(-1) ?? begin)[0])
    }),
    { numRuns: 20 },
  )
})

test('In a spell another share is counted, and after it the usual one again.', () => {
  const failing = { ...counter, share: 0, spells: [{ from: 7200, to: 3600, share: 1 }] }
  const [before, middle, end, later] = valueAt(
    failing,
    origin - 7200,
    origin - 5400,
    origin - 3600,
    origin,
  ).map(Number)
  expect(before).toBe(0)
  expect(middle).toBeGreaterThan(10_000)
  expect(end).toBeGreaterThan(middle!)
  expect(later).toBe(end)
})

test('A gauge has its value, and is not there while its share is 0.', () => {
  const gauge: MadeSeries = {
    ...counter,
    kind: 'gauge',
    perSecond: 3,
    spells: [{ from: 7200, to: 3600, share: 0 }],
  }
  expect(valueAt(gauge, begin, origin - 5400, origin)).toEqual([3, undefined, 3])
})

test('Series of one flow rise and fall together.', () => {
  const half = { ...counter, share: 0.5, isWhole: false }
  const history = madeHistory([{ ...counter, isWhole: false }, half], begin, origin)
  const [whole, part] = history.at(begin + 3000).map(({ value }) => value)
  expect(part! / whole!).toBeCloseTo(0.5)
})
