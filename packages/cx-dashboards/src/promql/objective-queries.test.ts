import { availability, days, feature, objective, operation, owner, percent } from 'cx-definition'
import { expect, test } from 'vitest'
import { standing, standings } from './objective-queries.ts'

const reads = feature('reads', {
  owner: owner('team'),
  operations: [operation('api', 'GET', '/things')],
})
const available = objective('available', {
  feature: reads,
  indicator: availability({ of: reads.operations }),
  target: percent(99),
  window: days(30),
})

test('Bad events left are whole, so that a third of one too many is -1 and not -0.', () => {
  const { text } = standing(available, []).eventsLeft
  expect(text).toBe('floor(slo:period_error_budget_remaining:events{objective="available"})')
  expect(standings([], []).eventsLeft.text).toMatch(/^floor\(max by \(objective\) \(/)
})
