import { expect, test } from 'vitest'
import { burnRates, leastExpected } from './burn-rate.ts'
import { days } from './duration.ts'
import { calendarMonth, calendarQuarter, type ObjectiveWindow } from './objective-window.ts'

/** The chance of fewer than `bad` failures where `expected` are. */
const chanceOfFewer = (bad: number, expected: number): number => {
  let term = Math.exp(-expected)
  let sum = 0
  for (let count = 0; count < bad; count += 1) {
    sum += term
    term *= expected / (count + 1)
  }
  return sum
}

/** The expectation that makes `bad` failures or more just 1 % likely: the exact one-sided limit, by bisection. */
const exactLimit = (bad: number): number => {
  let [low, high] = [0, bad]
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (1 - chanceOfFewer(bad, middle) < 0.01) low = middle
    else high = middle
  }
  return low
}

test('the bound follows the exact Poisson limit, and is hardly ever bolder', () => {
  for (let bad = 1; bad <= 300; bad += 1) {
    const [bound, exact] = [leastExpected(bad), exactLimit(bad)]
    expect(bound, `${bad} failures`).toBeLessThanOrEqual(exact * 1.002)
    // Of one failure it says nothing at all, of few a little less than it might.
    if (bad >= 4) expect(bound, `${bad} failures`).toBeGreaterThan(exact * 0.97)
  }
})

test('nothing is expected from no failure, and no negative count', () => {
  expect(leastExpected(0)).toBe(0)
  expect(leastExpected(-1)).toBe(0)
  expect(leastExpected(1e-9)).toBe(0)
})

const windows: readonly ObjectiveWindow[] = [
  ...[7, 28, 30, 90].map(days),
  calendarMonth,
  calendarQuarter,
]

test.for(windows)(
  'in the window %o each tier is slower than the one before and can spend a budget',
  (window) => {
    const tiers = burnRates(window)
    const beyondChance = tiers.filter(({ evidence }) => evidence === 'beyond_chance')
    expect(beyondChance.map(({ severity }) => severity)).toEqual([
      'page',
      'page',
      'ticket',
      'ticket',
    ])
    for (const [index, { factor, long, short }] of beyondChance.entries()) {
      // Below 1 a service that keeps its promise would alert.
      expect(factor).toBeGreaterThanOrEqual(1)
      expect(long.seconds / short.seconds).toBe(12)
      expect((factor * long.seconds) / window.seconds).toBeLessThan(0.5)
      const slower = beyondChance[index + 1]
      if (slower) {
        expect(slower.factor).toBeLessThan(factor)
        expect(slower.long.seconds).toBeGreaterThan(long.seconds)
      }
    }
  },
)

test('over 30 days they are those of the SRE workbook', () => {
  expect(burnRates(days(30)).map(({ factor }) => factor)).toEqual([14.4, 6, 6, 3, 1])
  expect(burnRates(calendarMonth)).toBe(burnRates(days(30)))
  expect(burnRates(calendarQuarter)).toBe(burnRates(days(90)))
})

test('what spends a twentieth of the budget of any month is a ticket, however few requests there are', () => {
  for (const window of [days(28), days(30), calendarMonth]) {
    const [spent] = burnRates(window).filter(({ evidence }) => evidence === 'budget_spent')
    expect(spent?.severity).toBe('ticket')
    const share = (Number(spent?.factor) * Number(spent?.long.seconds)) / window.seconds
    expect(share).toBeLessThanOrEqual(0.05 + 1e-9)
  }
})
