import { expect, test } from 'vitest'
import { arcPath, shareOf } from './gauge-arc.ts'

test('A value is drawn between its limits, and not beyond.', () => {
  expect(shareOf(25, 0, 100)).toBe(0.25)
  expect(shareOf(-5, 0, 100)).toBe(0)
  expect(shareOf(Infinity, 0, 100)).toBe(1)
  expect(shareOf(Number.NaN, 0, 100)).toBe(0)
  expect(shareOf(1, 5, 5)).toBe(0)
})

test('An arc of more than half a circle goes the long way round.', () => {
  expect(arcPath(10, 0, 1)).toBe('M -7.07 7.07 A 10 10 0 1 1 7.07 7.07')
  expect(arcPath(10, 0, 0.5)).toContain(' 0 0 1 ')
})
