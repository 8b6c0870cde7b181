import { expect, test } from 'vitest'
import { costsTogether, costText, queryCost } from './query-cost.ts'

const matrix = {
  resultType: 'matrix',
  result: [
    {
      metric: { a: '1' },
      values: [
        [0, '1'],
        [15, '2'],
      ],
    },
    { metric: { a: '2' }, values: [[0, '1']] },
  ],
} as const
const stats = { timings: { evalTotalTime: 0.0042 }, samples: { totalQueryableSamples: 12_345 } }

test('The cost says what came back, what was read and how long it took.', () => {
  expect(costText(queryCost(matrix, stats, 31.4))).toBe(
    '2 series, 3 samples returned, 12,345 samples read, 4.2 ms to evaluate, 31 ms in all',
  )
})

test('What Prometheus does not tell is left out.', () => {
  expect(costText(queryCost(matrix, undefined, 3))).toBe(
    '2 series, 3 samples returned, 3 ms in all',
  )
})

test('Costs of a range and an instant add up; they were asked at the same time.', () => {
  const one = queryCost(matrix, stats, 20)
  const scalar = queryCost({ resultType: 'scalar', result: [0, '1'] }, undefined, 30)
  expect(costsTogether([one, scalar])).toMatchObject({
    series: 3,
    samplesReturned: 4,
    samplesRead: 12_345,
    roundTripMs: 30,
  })
  expect(costsTogether([])).toBeUndefined()
})
