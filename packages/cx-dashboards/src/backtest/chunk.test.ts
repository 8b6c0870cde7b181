import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunksOf, mostPoints, pointsIn } from './chunk.ts'

const timesIn = ({ end, start, step }: { start: number; end: number; step: number }): number[] =>
  Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step)

test('chunks have every evaluation once, in order, and none has more than allowed', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 2_000_000_000 }),
      fc.nat({ max: 100_000 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 500 }),
      (start, length, step, points) => {
        const whole = { start, end: start + length, step }
        const chunks = chunksOf(whole, points)
        expect(chunks.flatMap(timesIn)).toEqual(timesIn(whole))
        expect(Math.max(...chunks.map(pointsIn))).toBeLessThanOrEqual(points)
      },
    ),
  )
})

test('a chunk stays below the 11,000 points that Prometheus gives', () => {
  expect(mostPoints).toBeLessThan(11_000)
  const threeWeeks = { start: 0, end: 21 * 86_400, step: 60 }
  expect(chunksOf(threeWeeks).map(pointsIn)).toEqual([10_000, 10_000, 10_000, 241])
})
