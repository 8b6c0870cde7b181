import { burnRates, days, leastExpected, percent, perHour } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentsObjective } from '../../fakes/one-objective.ts'
import { failuresAbove, failuresToFire, secondsToFire } from './time-to-fire.ts'

const at = (traffic: number, target = 99.9) =>
  documentsObjective({ traffic: perHour(traffic), target: percent(target) })

const minutes = (seconds: number | undefined): number => (seconds ?? NaN) / 60

test('a full outage of a 99.9 % objective is told as late as the simulations say', () => {
  const page = (traffic: number) => minutes(secondsToFire(at(traffic), 'page'))
  // Of ten an hour, three must fail.
  expect(page(10)).toBe(18)
  expect(page(60)).toBe(5)
  expect(page(600)).toBeLessThan(2)
})

test('plenty of traffic pages soon after the long window holds as many failures as its line', () => {
  // 14.4 % of an hour, and 6 % of six.
  expect(minutes(secondsToFire(at(36_000, 99), 'page'))).toBeCloseTo(8.8, 0)
  expect(minutes(secondsToFire(at(36_000), 'page'))).toBeLessThan(1.2)
  expect(minutes(secondsToFire(at(36_000, 99), 'page', 0.2))).toBeCloseTo(44.6, 1)
})

test('little traffic waits for evidence', () => {
  // A full outage at 99 % and 60 an hour takes the plain rule 9 minutes, and this one 17.
  expect(minutes(secondsToFire(at(60, 99), 'page'))).toBe(17)
})

test('a ticket counts failures against the budget, however few there are', () => {
  // More than 6 % of the 360 of six hours.
  expect(minutes(secondsToFire(at(60, 99), 'ticket'))).toBe(22)
  expect(minutes(secondsToFire(at(60, 99), 'ticket', 0.5))).toBe(44)
})

test('as many failures as a ticket allows are not more than it allows', () => {
  // 5.6 times 5 % of the 300 events of six hours are 84, and a little less in binary.
  const overFourWeeks = documentsObjective({
    traffic: perHour(50),
    target: percent(95),
    window: days(28),
  })
  const tier = burnRates(days(28)).find(({ evidence }) => evidence === 'budget_spent')
  expect(tier && failuresToFire(overFourWeeks, tier)).toBe(85)
})

test('failures are whole ones: an event in ten hours tells an outage when it comes', () => {
  expect(secondsToFire(at(0.1), 'ticket')).toBe(36_000)
})

test('what burns no faster than the budget lasts never fires', () => {
  expect(secondsToFire(at(600, 99), 'page', 0.01)).toBeUndefined()
  expect(secondsToFire(at(600, 99), 'ticket', 0.005)).toBeUndefined()
  // 6 times 16 % is more than an outage can be sure to have.
  expect(secondsToFire(at(600, 84), 'page')).toBeUndefined()
})

test('what burns a little faster than a tier allows fires in its long window', () => {
  // 10 % is the line of three days, and a full window of it is not above it.
  expect(secondsToFire(at(600, 90), 'ticket', 0.1)).toBeUndefined()
  expect(minutes(secondsToFire(at(600, 90), 'ticket', 0.11))).toBeLessThan(3 * 24 * 60)
})

test('without a declared traffic, 60 an hour are supposed', () => {
  const undeclared = documentsObjective({ target: percent(99) })
  expect(secondsToFire(undeclared, 'page')).toBe(secondsToFire(at(60, 99), 'page'))
})

test('one failure less than it takes proves nothing', () => {
  const tiers = burnRates(at(1).window).filter(({ evidence }) => evidence === 'beyond_chance')
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom(95, 99, 99.9, 99.99),
      fc.constantFrom(...tiers),
      (traffic, target, tier) => {
        const objective = at(traffic, target)
        const line = tier.factor * (1 - target / 100) * traffic * (tier.long.seconds / 3600)
        const needed = failuresToFire(objective, tier)
        fc.pre(needed !== undefined)
        expect(leastExpected(needed ?? 0)).toBeGreaterThan(line)
        expect(leastExpected((needed ?? 0) - 1)).toBeLessThanOrEqual(line)
      },
    ),
  )
})

test('the fewest failures are found as if each number was tried', () => {
  const tried = (expected: number, most: number) =>
    Array.from({ length: Math.floor(most) }, (_, index) => index + 1).find(
      (failures) => leastExpected(failures) > expected,
    )
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 300, noNaN: true }),
      fc.double({ min: 1, max: 400, noNaN: true }),
      (expected, most) => {
        expect(failuresAbove(expected, most)).toBe(tried(expected, most))
      },
    ),
  )
})
