import {
  availability,
  calendarMonth,
  days,
  feature,
  objective,
  type ObjectiveWindow,
  operation,
  owner,
  percent,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { type BudgetHistory, budgetGone } from './budget-history.ts'

const api = feature('api', { owner: owner('team'), operations: [operation('api', 'GET', '/a')] })
const promised = (window: ObjectiveWindow) =>
  objective('available', {
    feature: api,
    indicator: availability({ of: api.operations }),
    target: percent(99),
    window,
  })

const five = 300
const day = 86_400
const at = (text: string): number => Date.parse(`${text}Z`) / 1000

/** 10 events in each five minutes, and one bad where it says so. */
const history = (from: number, to: number, isBad: (at: number) => boolean): BudgetHistory => ({
  environment: 'production',
  events: Array.from({ length: (to - from) / five }, (_, index) => from + (index + 1) * five).map(
    (moment) => ({ at: moment, total: 10, bad: isBad(moment) ? 1 : 0 }),
  ),
})

test('over a whole window, the budget gone is the bad events over those that may be bad', () => {
  const now = at('2026-11-10T00:05')
  const known = history(now - 10 * day, now, (moment) => moment % 3600 === 0)
  const gone = budgetGone(promised(days(7)), known, now, 0)
  // 168 of 20,160 events, of which 1 % may be bad.
  expect(gone?.ratio).toBeCloseTo(168 / 201.6, 2)
  expect(gone?.recordedSince).toBeUndefined()
})

test('where less than the window was recorded, its budget is that of the pace known, and it says since when', () => {
  const now = at('2026-11-10T00:05')
  const since = at('2026-11-09T00:00')
  const known = history(since, now, (moment) => moment % 3600 === 0)
  expect(budgetGone(promised(days(7)), known, now, 0)).toEqual({
    ratio: expect.closeTo(24 / 201.6, 2) as number,
    recordedSince: since,
  })
})

test('a calendar month begins anew on its first day, in UTC', () => {
  const now = at('2026-11-02T00:05')
  const known = history(at('2026-10-20T00:00'), now, (moment) => moment < at('2026-11-01T00:00'))
  expect(budgetGone(promised(calendarMonth), known, now, 0)?.ratio).toBe(0)
})

test('bad events after the last five minutes of the history count', () => {
  const now = at('2026-11-10T00:07')
  const known = history(now - 420 - 8 * day, now - 420, () => false)
  expect(budgetGone(promised(days(7)), known, now, 20)?.ratio).toBeCloseTo(20 / 201.6, 2)
})

test('without an event there is no budget to be gone', () => {
  const known = { environment: 'production', events: [] }
  expect(budgetGone(promised(days(7)), known, at('2026-11-10T00:00'), 0)).toBeUndefined()
})
