import { expect, test } from 'vitest'
import { meanOf, mostlyWithin, shareWithin } from './distribution.ts'

test('Half is within the median, and all is within forever.', () => {
  const usual = { medianSeconds: 0.1 }
  expect(shareWithin(usual, 0.1)).toBeCloseTo(0.5)
  expect(shareWithin(usual, 0.05)).toBeCloseTo(1 - shareWithin(usual, 0.2))
  expect(shareWithin(usual, Number.POSITIVE_INFINITY)).toBe(1)
  expect(meanOf(usual)).toBeGreaterThan(0.1)
})

test('A bound that nearly all should be within has a few beyond.', () => {
  const beyond = 1 - shareWithin(mostlyWithin(0.2), 0.2)
  expect(beyond).toBeGreaterThan(0.001)
  expect(beyond).toBeLessThan(0.003)
})
