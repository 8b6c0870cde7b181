import { expectedStatuses, type Scenario, thresholds } from './scenarios.ts'

/** What came back, by scenario; status 0 is no answer at all. */
export interface Tally {
  readonly scenario: Scenario
  readonly byStatus: Map<number, number>
  readonly durationsMilliseconds: number[]
}

export interface TrafficSummary {
  readonly scenarios: readonly {
    readonly name: string
    readonly requests: number
    readonly byStatus: Readonly<Record<number, number>>
    readonly p50Milliseconds: number
    readonly p95Milliseconds: number
  }[]
  /** One line for each threshold that was crossed; none in a good run. */
  readonly crossed: readonly string[]
}

export const newTally = (scenario: Scenario): Tally => ({
  scenario,
  byStatus: new Map(),
  durationsMilliseconds: [],
})

export const count = (tally: Tally, status: number, milliseconds: number): void => {
  tally.byStatus.set(status, (tally.byStatus.get(status) ?? 0) + 1)
  tally.durationsMilliseconds.push(milliseconds)
}

export const summarize = (tallies: readonly Tally[]): TrafficSummary => {
  const scenarios = tallies.map(({ byStatus, durationsMilliseconds, scenario }) => ({
    name: scenario.name,
    requests: durationsMilliseconds.length,
    byStatus: Object.fromEntries(byStatus),
    p50Milliseconds: percentile(durationsMilliseconds, 0.5),
    p95Milliseconds: percentile(durationsMilliseconds, 0.95),
  }))
  return { scenarios, crossed: crossedThresholds(tallies) }
}

const crossedThresholds = (tallies: readonly Tally[]): string[] => {
  const failed = shareOf(tallies, (scenario, status) => {
    return !expectedStatuses(scenario.operation).includes(status)
  })
  const documented = shareOf(tallies, ({ operation }, status) =>
    operation.documentedStatuses.includes(status),
  )
  const tooMany = failed >= thresholds.failedBelow
  const tooFew = documented <= thresholds.documentedAbove
  return [
    ...(tooMany ? [`${percent(failed)} failed, not below ${percent(thresholds.failedBelow)}`] : []),
    ...(tooFew
      ? [`${percent(documented)} as documented, not above ${percent(thresholds.documentedAbove)}`]
      : []),
    ...tallies.flatMap(({ durationsMilliseconds, scenario: { name, operation } }) => {
      const p95 = percentile(durationsMilliseconds, 0.95)
      if (p95 < operation.p95Milliseconds) return []
      return [`${name}: p95 ${Math.round(p95)} ms, not below ${operation.p95Milliseconds} ms`]
    }),
  ]
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`

const shareOf = (
  tallies: readonly Tally[],
  counts: (scenario: Scenario, status: number) => boolean,
): number => {
  let matching = 0
  let all = 0
  for (const { byStatus, scenario } of tallies) {
    for (const [status, requests] of byStatus) {
      all += requests
      if (counts(scenario, status)) matching += requests
    }
  }
  return all === 0 ? 0 : matching / all
}

/** The nearest rank: the least value that so large a share does not exceed. */
const percentile = (values: readonly number[], ratio: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * ratio) - 1] ?? 0
