import { readFileSync } from 'node:fs'
import {
  burnRates,
  calendarMonth,
  calendarQuarter,
  days,
  leastExpected,
  type ObjectiveWindow,
} from 'cx-definition'
import { expect, test } from 'vitest'

// What docs/alerting.md says in numbers is what the code does.
const page = readFileSync(new URL('../../docs/alerting.md', import.meta.url), 'utf8')

test.for<readonly [string, ObjectiveWindow]>([
  ['7 days', days(7)],
  ['28 days', days(28)],
  ['30 days, calendar month (UTC)', days(30)],
  ['90 days, calendar quarter (UTC)', days(90)],
])('the row of %s has its tiers, and what is gone of the budget by then', ([name, window]) => {
  const cells = burnRates(window).map(({ factor, long }) => {
    const gone = Math.round((factor * long.seconds * 100) / window.seconds)
    return `${factor} (${gone} %)`
  })
  expect(page).toContain(`| ${name} | ${cells.join(' | ')} |`)
})

test('a calendar’s window has the tiers of the row that names it', () => {
  expect(burnRates(calendarMonth)).toEqual(burnRates(days(30)))
  expect(burnRates(calendarQuarter)).toEqual(burnRates(days(90)))
})

test('the head of the table has the windows of the tiers', () => {
  const heads = burnRates(days(30)).map(({ long, severity, short }) => [
    severity,
    long.seconds / 3600,
    short.seconds / 60,
  ])
  expect(heads).toEqual([
    ['page', 1, 5],
    ['page', 6, 30],
    ['ticket', 6, 30],
    ['ticket', 24, 120],
    ['ticket', 72, 360],
  ])
  expect(page).toContain(
    '| | 1 h and 5 m | 6 h and 30 m | 6 h and 30 m | 1 d and 2 h | 3 d and 6 h |',
  )
})

test('at 60 requests an hour and 99.9 %, five failures are evidence of a fast burn and four are not', () => {
  const line = 14.4 * 0.001
  expect([4, 5].map((failures) => leastExpected(failures) / 60 > line)).toEqual([false, true])
  expect(Math.round(1 / 60 / 0.001)).toBe(17)
  expect(page).toContain('one failure is a burn rate of 17')
  expect(page).toContain('five failures within that hour page, and four do not')
})
