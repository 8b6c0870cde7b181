import { expect, test } from 'vitest'
import { backtestRange } from './backtest-range.ts'

const now = Date.UTC(2026, 10, 22) / 1000
const rangeOf = (from?: string, to?: string, step = '1m') => {
  const said: string[] = []
  return { ...backtestRange({ from, to, step }, now, (line) => said.push(line)), said }
}

test('a time without a zone is UTC, which is said', () => {
  const { end, said, start, step } = rangeOf('2026-11-01', '2026-11-02T10:30')
  expect({ start, end, step }).toEqual({
    start: Date.UTC(2026, 10, 1) / 1000,
    end: Date.UTC(2026, 10, 2, 10, 30) / 1000,
    step: 60,
  })
  expect(said).toEqual([
    '--from 2026-11-01 has no time zone; taken as 2026-11-01 00:00 UTC.',
    '--to 2026-11-02T10:30 has no time zone; taken as 2026-11-02 10:30 UTC.',
  ])
})

test('a time with a zone is taken as it is', () => {
  const { said, start } = rangeOf('2026-11-01T01:00+01:00', '2026-11-02T00:00Z')
  expect(start).toBe(Date.UTC(2026, 10, 1) / 1000)
  expect(said).toEqual([])
})

test.for([
  [undefined, '2026-11-02', '1m', '--from is missing. Give it such as 2026-11-01'],
  ['2026-11-01', undefined, '1m', '--to is missing.'],
  ['yesterday', '2026-11-02', '1m', '--from "yesterday" is no moment in time.'],
  ['2026-02-30', '2026-11-02', '1m', '--from "2026-02-30" is no moment in time.'],
  ['2026-11-01T25:00', '2026-11-02', '1m', 'is no moment in time.'],
  ['2026-11-03', '2026-11-02', '1m', '--from 2026-11-03 is not before --to 2026-11-02. Swap them'],
  ['2026-11-02', '2026-11-02', '1m', 'is not before'],
  ['2026-11-01', '2026-11-23', '1m', '--to 2026-11-23 is in the future.'],
  ['2026-11-01', '2026-11-02', '1h', '--step 1h is not between 5s and 5m.'],
  ['2026-11-01', '2026-11-02', '0s', 'is not between 5s and 5m.'],
  ['2026-11-01', '2026-11-02', 'often', '--step often is not between 5s and 5m.'],
  ['2026-11-01', '2026-11-02T00:00:30Z', '1m', '--step 1m does not divide the time'],
] as const)('from %s to %s each %s is refused: %s', ([from, to, step, reason]) => {
  expect(() => rangeOf(from, to, step)).toThrow(reason)
})
