import { expect, test } from 'vitest'
import { answersOf, journeySteps, planJourney } from './journey-plan.ts'

test('People leave at each step, fewest at the last, and most arrive', () => {
  const plans = Array.from({ length: 4000 }, () => planJourney(Math.random))
  const share = (matching: number) => matching / plans.length
  for (const step of journeySteps)
    expect(share(plans.filter(({ leavesAt }) => leavesAt === step).length), step).toBeGreaterThan(
      0.01,
    )
  // 0.78 · 0.88 · 0.85 · 0.95 = 0.55; the standard deviation is 0.008.
  const arrived = share(plans.filter(({ leavesAt }) => leavesAt === undefined).length)
  expect(arrived).toBeGreaterThan(0.51)
  expect(arrived).toBeLessThan(0.6)
  expect(new Set(plans.map(({ id }) => id)).size).toBe(plans.length)
})

test('The same draws make the same plan', () => {
  const plan = planJourney(() => 0.5)
  expect(planJourney(() => 0.5)).toEqual(plan)
  expect(plan).toMatchObject({ id: 'iiiiiiiiiiii', leavesAt: undefined, failsAt: undefined })
  expect(answersOf(plan).account.email).toBe('iiiiiiiiiiii@load.example')
})
