import { expect, test } from 'vitest'
import { spokenRange, spokenSpan, spokenTime } from './spoken-time.ts'

const at = (text: string): number => Date.parse(text) / 1000

test('a moment is told in UTC, and its seconds where it has some', () => {
  expect(spokenTime(at('2026-11-03T10:07:00Z'))).toBe('2026-11-03 10:07')
  expect(spokenTime(at('2026-11-03T10:07:30Z'))).toBe('2026-11-03 10:07:30')
})

test('a range names its day once, and both where there are two', () => {
  const start = at('2026-11-03T10:07Z')
  expect(spokenRange({ start, end: at('2026-11-03T11:00Z') })).toBe('2026-11-03 10:07 to 11:00 UTC')
  expect(spokenRange({ start, end: at('2026-11-04T01:00Z') })).toBe(
    '2026-11-03 10:07 to 2026-11-04 01:00 UTC',
  )
})

test.for([
  [0, 'no time'],
  [30, '30 s'],
  [5700, '1 h 35 min'],
  [86_400 * 2 + 60, '2 d 1 min'],
] as const)('%i seconds are %s', ([seconds, text]) => {
  expect(spokenSpan(seconds)).toBe(text)
})
