import { budgetRatio, type Catalog, minutes, type Objective } from 'cx-definition'
import { rawCounts } from '../promql/counts.ts'
import { exclusionsOf, outside } from '../promql/excluded-time.ts'
import { labels } from '../promql/labels.ts'
import type { Labels, Range, RangeSeries } from '../publishers/prometheus-api.ts'
import type { RangeQuery } from './patient-query.ts'

const five = minutes(5)

/** Events of the five minutes up to `at`, in seconds since 1970. */
export interface Events {
  readonly at: number
  readonly total: number
  readonly bad: number
}

/** An objective in one environment. */
export interface BudgetHistory {
  readonly environment: string
  readonly events: readonly Events[]
}

/** What an objective counted, from a window before the range on, as far as it was recorded. */
export const budgetHistories = async (
  objective: Objective,
  catalog: Catalog,
  { end, start }: Omit<Range, 'step'>,
  query: RangeQuery,
): Promise<readonly BudgetHistory[]> => {
  const raw = rawCounts(objective, catalog.dimension.name)
  const excluded = exclusionsOf(objective, catalog.exclusions)
  const grid = {
    start: gridBefore(windowStart(objective, start)) + five.seconds,
    end: gridBefore(end),
    step: five.seconds,
  }
  const [totals, bads] = [
    await query(outside(raw.total(five), excluded, five).text, grid),
    await query(outside(raw.bad(five), excluded, five).text, grid),
  ]
  const environments = new Set([...totals, ...bads].map(({ labels: of }) => environmentOf(of)))
  return [...environments].toSorted().map((environment) => ({
    environment,
    events: eventsIn(valuesIn(totals, environment), valuesIn(bads, environment)),
  }))
}

export const environmentOf = (of: Labels): string => of[labels.environment] ?? ''

const gridBefore = (at: number): number => Math.floor(at / five.seconds) * five.seconds

/** Where the budget of a moment begins to be counted. */
const windowStart = ({ window }: Objective, at: number): number => {
  if (window.calendar === undefined) return at - window.seconds
  const now = new Date(at * 1000)
  const month = now.getUTCMonth()
  const first = window.calendar === 'month' ? month : month - (month % 3)
  return Date.UTC(now.getUTCFullYear(), first) / 1000
}

const valuesIn = (
  series: readonly RangeSeries[],
  environment: string,
): ReadonlyMap<number, number> =>
  new Map(
    series
      .filter(({ labels: of }) => environmentOf(of) === environment)
      .flatMap(({ samples }) => samples.map(({ at, value }) => [at, value] as const)),
  )

const eventsIn = (
  totals: ReadonlyMap<number, number>,
  bads: ReadonlyMap<number, number>,
): Events[] =>
  [...totals]
    .map(([at, total]) => ({ at, total, bad: bads.get(at) ?? 0 }))
    .toSorted((a, b) => a.at - b.at)

/** How much of a budget was spent at a moment. */
export interface BudgetGone {
  /** 1 is all of it. */
  readonly ratio: number
  /** Where what was recorded begins, if that is after the beginning of the objective's window. */
  readonly recordedSince?: number
}

/**
 * The bad events of the objective's window against the budget of as many events as the window holds at the pace recorded.
 * @param latest bad events after the last five minutes of the history
 */
export const budgetGone = (
  objective: Objective,
  { events }: BudgetHistory,
  at: number,
  latest: number,
): BudgetGone | undefined => {
  const begin = windowStart(objective, at)
  const counted = events.filter((each) => each.at > begin && each.at <= lastGridBefore(at))
  const total = sumOf(counted, 'total')
  const [first] = counted
  if (first === undefined || total === 0) return undefined
  const from = Math.max(begin, first.at - five.seconds)
  // Times that were excluded, or not recorded, say nothing about the pace.
  const inWindow = (total / counted.length) * (objective.window.seconds / five.seconds)
  const bad = sumOf(counted, 'bad') + latest
  return {
    ratio: bad / (budgetRatio(objective.target) * inWindow),
    ...(from >= begin + five.seconds && { recordedSince: from }),
  }
}

/** Leaves five to ten minutes after it, in which two scrapes fit. */
const lastGridBefore = (at: number): number => gridBefore(at) - five.seconds

const sumOf = (events: readonly Events[], what: 'total' | 'bad'): number =>
  events.reduce((sum, { [what]: count }) => sum + count, 0)

/** PromQL for the bad events since the last five minutes of the history. */
export const latestBad = (
  objective: Objective,
  { dimension, exclusions }: Catalog,
  at: number,
): string => {
  const window = { seconds: at - lastGridBefore(at) }
  const { bad } = rawCounts(objective, dimension.name)
  return outside(bad(window), exclusionsOf(objective, exclusions), window).text
}
