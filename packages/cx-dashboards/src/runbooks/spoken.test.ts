import { expect, test } from 'vitest'
import { spokenDelay } from './spoken.ts'

test('long times are told in hours and days, and short ones in minutes that are full', () => {
  expect([undefined, 1, 61, 7140, 19_080, 240_000].map(spokenDelay)).toEqual([
    'never',
    '1 minute',
    '2 minutes',
    '119 minutes',
    '5.3 hours',
    '2.8 days',
  ])
})
