import { type Duration, type Objective, shortDuration } from 'cx-definition'
import { type Expression, series } from './expression.ts'
import { equals, type Matcher } from './matcher.ts'

/** Every recorded series is named here; those that Sloth records too are called as it calls them. */
export const recorded = {
  total: (window: Duration) => `slo:sli_total:increase${shortDuration(window)}`,
  bad: (window: Duration) => `slo:sli_bad:increase${shortDuration(window)}`,
  customerTotal: (window: Duration) => `slo_customer:sli_total:increase${shortDuration(window)}`,
  customerBad: (window: Duration) => `slo_customer:sli_bad:increase${shortDuration(window)}`,
  errorRatio: (window: Duration) => `slo:sli_error:ratio_rate${shortDuration(window)}`,
  lowerBound: (window: Duration) => `slo:sli_error:lower_bound${shortDuration(window)}`,
  customersHit: (window: Duration) => `slo:customers_hit:count${shortDuration(window)}`,
  customersActive: (window: Duration) => `slo:customers_active:count${shortDuration(window)}`,
  /** Events of two minutes, recorded every two minutes: they add up to any window. */
  totalStep: 'slo:sli_total:events2m',
  badStep: 'slo:sli_bad:events2m',
  customerTotalStep: 'slo_customer:sli_total:events2m',
  customerBadStep: 'slo_customer:sli_bad:events2m',
  /** Of a step's events, an hour's: for the windows of a calendar. */
  hourOf: (step: string) => step.replace(/2m$/, '1h'),
  /** Events that the objective's window holds, at the pace known so far. */
  windowTotal: 'slo:sli_total:events_in_window',
  /** Always 1; its labels tell whose an objective is, and where help is. */
  info: 'slo:objective:info',
  objective: 'slo:objective:ratio',
  budget: 'slo:error_budget:ratio',
  windowDays: 'slo:time_period:days',
  currentBurnRate: 'slo:current_burn_rate:ratio',
  periodTotal: 'slo:sli_total:period',
  periodBad: 'slo:sli_bad:period',
  periodBurnRate: 'slo:period_burn_rate:ratio',
  budgetRemaining: 'slo:period_error_budget_remaining:ratio',
  budgetRemainingEvents: 'slo:period_error_budget_remaining:events',
  secondsToExhaustion: 'slo:period_error_budget_remaining:seconds',
  customerBudgetRemaining: 'slo_customer:period_error_budget_remaining:ratio',
} as const

/** The label that tells recorded series apart. */
export const objectiveLabel = 'objective'

/** Labels of an objective's info that are addresses. */
export const helpLabels = ['oncall_url', 'runbook_url'] as const

/** A recorded series of one objective. */
export const seriesOf = (
  { name }: Objective,
  recordedName: string,
  matchers: readonly Matcher[] = [],
): Expression => series(recordedName, [equals(objectiveLabel, name), ...matchers])
