import { expect, test } from 'vitest'
import { lasting } from './past-rules.ts'

const times = (...seconds: readonly number[]) => seconds.map((each) => [each, '1'] as const)

test('An alert fires when its condition has held long enough, and begins anew after a gap.', () => {
  expect(lasting(times(0, 60, 120, 300, 360, 420, 480), 120, 60)).toEqual(times(120, 420, 480))
})

test('One that waits for nothing fires at once.', () => {
  expect(lasting(times(0, 300), 0, 60)).toEqual(times(0, 300))
})
