import { prometheusDuration } from '../check/retention.ts'
import { spokenNumber } from '../check/spoken-number.ts'
import type { LiveGroup } from '../plan/live-rules.ts'
import { recorded } from '../promql/slo-series.ts'
import type { Change } from './change.ts'

/** What rules ask of Prometheus in one environment, at most. */
export interface RuleCost {
  readonly rules: number
  readonly series: number
  /** Of the recorded series, a day. */
  readonly samplesADay: number
}

// All series of single customers bear the same beginning.
const ofCustomers = recorded.customerBudgetRemaining.replace(/:.*/, ':')

/** Whoever wrote the rules. @param customers how many a series of each may be recorded for */
export const ruleCost = (groups: readonly LiveGroup[], customers: number): RuleCost => {
  const costs = groups.map(({ interval = '1m', rules }) => {
    const names = rules.flatMap(({ record }) => record ?? [])
    const series = names.reduce(
      (sum, name) => sum + (name.startsWith(ofCustomers) ? customers : 1),
      0,
    )
    const every = prometheusDuration(interval)?.seconds ?? 60
    return { rules: rules.length, series, samplesADay: (series * 86_400) / every }
  })
  return {
    rules: sumOf(costs, 'rules'),
    series: sumOf(costs, 'series'),
    samplesADay: sumOf(costs, 'samplesADay'),
  }
}

const sumOf = (costs: readonly RuleCost[], name: keyof RuleCost): number =>
  costs.reduce((sum, cost) => sum + cost[name], 0)

/** None where it would cost the same. */
export const costChanges = (before: RuleCost, after: RuleCost): Change[] => {
  const words: Readonly<Record<keyof RuleCost, string>> = {
    rules: 'rules',
    series: 'recorded series, at most',
    samplesADay: 'samples a day, at most',
  }
  return (['rules', 'series', 'samplesADay'] as const).flatMap((name) =>
    before[name] === after[name]
      ? []
      : [
          {
            subject: 'cost',
            what: words[name],
            before: spokenNumber(before[name]),
            after: spokenNumber(after[name]),
          },
        ],
  )
}
