import { expect, test } from 'vitest'
import { histogramSeries } from './histogram-series.ts'
import { madeHistory } from './made-series.ts'

const origin = 1_800_000_000
const series = histogramSeries(
  { name: 'seconds', labels: { route: '/' }, perSecond: 5, share: 0.9, flow: 'reads' },
  [0.1, 0.2, 1],
  { medianSeconds: 0.1 },
  [{ from: 600, to: 300, share: 0.9, slower: 5 }],
)
const values = (secondsAgo: number) =>
  madeHistory(series, origin - 3600, origin)
    .at(origin - secondsAgo)
    .map(({ series: { labels, name }, value }) => [labels['le'] ?? name, value] as const)

test('Buckets add up to the count, and the sum fits them.', () => {
  const found = Object.fromEntries(values(700))
  const buckets = ['0.1', '0.2', '1', '+Inf'].map((bound) => found[bound]!)
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
  expect(found['+Inf']).toBe(found['seconds_count'])
  expect(found['seconds_sum']! / found['seconds_count']!).toBeCloseTo(0.113, 2)
})

test('While it is slow, fewer are within a bound, and as many are counted.', () => {
  const [before, after] = [Object.fromEntries(values(600)), Object.fromEntries(values(300))]
  const grown = (name: string) => after[name]! - before[name]!
  expect(grown('0.2') / grown('seconds_count')).toBeLessThan(0.1)
  expect(grown('seconds_count')).toBeGreaterThan(300 * 5 * 0.9 * 0.5)
})
