import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Firing, firingsOf, type Holds } from './firings.ts'

const step = 60
const timesOf = (pattern: string): number[] =>
  [...pattern].flatMap((each, index) => (each === 'x' ? [index * step] : []))
const over = (pattern: string) => ({ start: 0, end: (pattern.length - 1) * step, step })
const fired = (pattern: string, holds: Holds) => firingsOf(timesOf(pattern), over(pattern), holds)

test('without a hold, an alert fires while its condition holds', () => {
  expect(fired('..xx.x', { before: 0, after: 0 })).toEqual([
    { since: 120, from: 120, to: 240 },
    { since: 300, from: 300 },
  ])
})

test('an alert that holds for less than `for` never fires', () => {
  expect(fired('.xx.xx.', { before: 120, after: 0 })).toEqual([])
  expect(fired('.xxx..', { before: 120, after: 0 })).toEqual([{ since: 60, from: 180, to: 240 }])
})

test('`keep_firing_for` bridges pauses that are shorter, and begins anew with each', () => {
  expect(fired('x.x..x...x', { before: 0, after: 180 })).toEqual([{ since: 0, from: 0 }])
  expect(fired('x...x', { before: 0, after: 120 })).toEqual([
    { since: 0, from: 0, to: 180 },
    { since: 240, from: 240 },
  ])
})

test('a pending alert is not kept', () => {
  expect(fired('x.xx', { before: 60, after: 600 })).toEqual([{ since: 120, from: 180 }])
})

/** Told in another way: for each evaluation by itself, looking back. */
const isFiring = (pattern: string, index: number, holds: Holds): boolean => {
  if (index < 0) return false
  if (pattern[index] === 'x') {
    const run = /x+$/.exec(pattern.slice(0, index + 1))?.[0].length ?? 0
    return (run - 1) * step >= holds.before || isFiring(pattern, index - run, holds)
  }
  const pause = /[^x]+$/.exec(pattern.slice(0, index + 1))?.[0].length ?? 0
  return (pause - 1) * step < holds.after && isFiring(pattern, index - pause, holds)
}

const covers = (firings: readonly Firing[], at: number): boolean =>
  firings.some(({ from, to = Number.POSITIVE_INFINITY }) => from <= at && at < to)

test('for any history and any holds, it fires exactly when looking back from each evaluation says so', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('x', '.'), minLength: 1, maxLength: 60 }),
      fc.nat({ max: 300 }),
      fc.nat({ max: 300 }),
      (pattern, before, after) => {
        const holds = { before, after }
        const firings = fired(pattern, holds)
        const told = [...pattern].map((_, index) => covers(firings, index * step))
        expect(told).toEqual([...pattern].map((_, index) => isFiring(pattern, index, holds)))
      },
    ),
    { numRuns: 1000 },
  )
})
