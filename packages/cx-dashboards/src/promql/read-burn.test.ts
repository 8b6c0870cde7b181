import {
  breach,
  budgetRatio,
  burnRates,
  days,
  minutes,
  percent,
  possibleBurnRates,
  shortDuration,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentsObjective } from '../../fakes/one-objective.ts'
import { breachCondition, burnCondition, knowsCustomers } from './alert-conditions.ts'
import { recordedCounts } from './counts.ts'
import { readBurnClauses } from './read-burn.ts'

const windows = [7, 28, 30, 90].map((count) => days(count))

test('the tiers of every burn-rate alert are read from its rule as they were written', () => {
  const targets = fc.integer({ min: 1, max: 99_999 }).map((part) => percent(part / 1000))
  fc.assert(
    fc.property(targets, fc.constantFrom(...windows), (target, window) => {
      const objective = documentsObjective({ target, window })
      for (const severity of ['page', 'ticket'] as const) {
        const condition = burnCondition(objective, severity, recordedCounts(objective))
        const tiers = possibleBurnRates(objective).filter((tier) => tier.severity === severity)
        const read = readBurnClauses(condition?.text ?? '')
        expect(read?.length ?? 0).toBe(tiers.length)
        for (const [index, tier] of tiers.entries()) {
          expect(read?.[index]).toMatchObject({
            long: shortDuration(tier.long),
            short: shortDuration(tier.short),
            evidence: tier.evidence,
            severalCustomers: severity === 'page' && knowsCustomers(objective),
          })
          expect(read?.[index]?.line).toBeCloseTo(tier.factor * budgetRatio(target), 9)
        }
      }
    }),
  )
})

test('a breach reads as one tier', () => {
  const objective = documentsObjective()
  const simple = breach({ below: percent(95), lasting: minutes(15) })
  expect(readBurnClauses(breachCondition(simple, recordedCounts(objective)).text)).toEqual([
    { long: '15m', short: '5m', line: 0.05, evidence: 'beyond_chance', severalCustomers: false },
  ])
})

test.each([
  '',
  'up == 0',
  'slo:sli_error:lower_bound1h{objective="x"} > 0.1',
  'slo:sli_error:lower_bound1h{objective="x"} > 0.1 and slo:sli_error:ratio_rate5m{objective="x"} > 0.1 or up == 0',
])('what this version does not write is not understood: %s', (expr) => {
  expect(readBurnClauses(expr)).toBeUndefined()
})

test('there are tiers to read in each window', () => {
  expect(windows.map((window) => burnRates(window).length)).toEqual([5, 5, 5, 5])
})
