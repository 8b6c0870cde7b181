import { burnRates, leastExpected, percent, perHour } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentsObjective } from '../../fakes/one-objective.ts'
import { failuresToFire, secondsToTell } from './outage-detection.ts'

const at = (traffic: number, target = 99.9) =>
  documentsObjective({ traffic: perHour(traffic), target: percent(target) })

test('a full outage of a 99.9 % objective is told as late as the simulations say', () => {
  const minutes = (traffic: number) => (secondsToTell(at(traffic), 'page') ?? NaN) / 60
  expect(minutes(10)).toBe(18)
  expect(minutes(60)).toBe(5)
  expect(minutes(600)).toBeLessThan(2)
})

test('an event in ten hours tells an outage when it comes', () => {
  expect(secondsToTell(at(0.1), 'ticket')).toBe(36_000)
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
