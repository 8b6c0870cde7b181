import { hours, minutes, percent, type Severity } from 'cx-definition'
import { expect, test } from 'vitest'
import { documentsObjective } from '../../../fakes/one-objective.ts'
import { objectiveAlerts } from '../objective-alerts.ts'
import { nameOf, tiersOf } from './tier.ts'

const objective = documentsObjective({ target: percent(99) })
const alerts = objectiveAlerts(objective, 'customer', {
  grafanaUrl: undefined,
  runbookUrl: undefined,
  dashboardOf: () => undefined,
  customerDashboard: undefined,
  appsOf: () => [],
  datadogUrl: undefined,
})
const tiers = tiersOf(objective, alerts)

test('each tier that asks for evidence knows the line it fires at and that of the next faster one', () => {
  const lines = tiers.map((tier) => [
    nameOf(tier, 'x'),
    ...[tier.line, tier.fasterLine].map((line) => Number(line.toPrecision(10))),
  ])
  expect(lines).toEqual([
    ['page by 1h: x', 0.144, 1],
    ['page by 6h: x', 0.06, 0.144],
    ['ticket by 24h: x', 0.03, 1],
    ['ticket by 72h: x', 0.01, 0.03],
  ])
})

test('the slowest of a severity has none that would fire instead of it', () => {
  expect(tiers.map(({ hasSlower }) => hasSlower)).toEqual([true, false, true, false])
})

test('a burst is remembered by the slower of a severity, but for the one hour, before which it is flooded', () => {
  expect(tiers.map(({ remembers }) => remembers)).toEqual([
    minutes(5),
    minutes(30),
    hours(6),
    hours(6),
  ])
})

test('a severity without an alert has no tiers', () => {
  const of = (kept: Severity) => alerts.filter(({ severity }) => severity === kept)
  expect(tiersOf(objective, of('ticket')).map(({ severity }) => severity)).toEqual([
    'ticket',
    'ticket',
  ])
})
