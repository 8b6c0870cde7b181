import type { Labels, Prometheus, Range } from '../publishers/prometheus-api.ts'
import { compareFirings, type FiringPair } from './compare-firings.ts'
import type { BudgetGone } from './budget-history.ts'
import { type BudgetBook, readBudgets } from './budget-book.ts'
import type { ErrorRatios } from './error-ratios.ts'
import { type Firing, firingsOf } from './firings.ts'
import { type Held, heldTimes, keyOf } from './held-times.ts'
import { type Patience, patientQuery, type RangeQuery } from './patient-query.ts'
import {
  type AlertIdentity,
  type AlertPair,
  type BacktestCatalog,
  pairsOf,
  type ReplayedAlert,
  replayedAlerts,
} from './replayed-alert.ts'

export interface BacktestOptions extends Range {
  readonly today: BacktestCatalog
  readonly changed?: BacktestCatalog
  readonly prometheus: Prometheus
  /** Progress and setbacks. */
  readonly say: Patience['say']
  readonly wait?: Patience['wait']
}

export interface CostlyFiring extends Firing {
  /** Of the objective's budget, when it fired. */
  readonly budget?: BudgetGone
}

export interface LabelledFirings {
  /** Such as the environment and the customer. */
  readonly labels: Labels
  readonly firings: readonly FiringPair<CostlyFiring>[]
}

export interface BacktestedAlert {
  readonly today?: AlertIdentity
  readonly changed?: AlertIdentity
  readonly series: readonly LabelledFirings[]
  /** Nothing that its objective counts was recorded, so that it could not fire. */
  readonly unrecorded?: true
}

/** All times in seconds since 1970, spans in seconds. */
export interface Backtest extends Range {
  readonly prometheus: string
  readonly today: string
  readonly changed?: string
  /** The last moment that is known, where Prometheus failed before the end. */
  readonly until: number
  readonly problems: readonly string[]
  readonly alerts: readonly BacktestedAlert[]
  readonly errorRatios: readonly ErrorRatios[]
}

/** Replays the alerts of a catalog, or of two, over what a Prometheus recorded. What fails is told in `problems`. */
export const runBacktest = async (options: BacktestOptions): Promise<Backtest> => {
  const { changed, end, prometheus, say, start, step, today, wait } = options
  const alerts = replayedAlerts(today)
  const others = changed ? replayedAlerts(changed) : []
  const query = patientQuery(prometheus, { say, ...(wait && { wait }) })
  const conditions = [...new Set([...alerts, ...others].map(({ condition }) => condition))]
  const held = await heldTimes(conditions, { start, end, step }, query, say)
  const known = { start, end: held.until, step }
  const book = await readBook(options, known, query)
  const backtested: BacktestedAlert[] = []
  for (const pair of pairsOf(alerts, others)) {
    backtested.push(await backtestedAlert(pair, held, known, book))
  }
  return {
    prometheus: prometheus.url,
    today: today.file,
    ...(changed && { changed: changed.file }),
    start,
    end,
    step,
    until: held.until,
    problems: [...(held.problem === undefined ? [] : [held.problem]), ...book.problems()],
    alerts: backtested,
    errorRatios: book.errorRatios,
  }
}

const readBook = (
  { changed, say, today }: BacktestOptions,
  known: Range,
  query: RangeQuery,
): Promise<BudgetBook> => {
  const catalogs = [today, ...(changed ? [changed] : [])]
  if (known.end < known.start) return readBudgets([], known, query)
  say('The budgets of the objectives')
  return readBudgets(catalogs, known, query)
}

const backtestedAlert = async (
  { changed, today }: AlertPair,
  held: Held,
  known: Range,
  book: BudgetBook,
): Promise<BacktestedAlert> => {
  const objectives = [today, changed].flatMap((alert) => alert?.objective ?? [])
  const unrecorded = objectives.length > 0 && objectives.every(book.isUnrecorded)
  return {
    ...(today && { today: today.identity }),
    ...(changed && { changed: changed.identity }),
    series: compareSeries(
      await seriesOf(today, held, known, book),
      await seriesOf(changed, held, known, book),
    ),
    ...(unrecorded && { unrecorded }),
  }
}

type Series = ReadonlyMap<
  string,
  { readonly labels: Labels; readonly firings: readonly CostlyFiring[] }
>

const seriesOf = async (
  alert: ReplayedAlert | undefined,
  held: Held,
  known: Range,
  { gone }: BudgetBook,
): Promise<Series> => {
  if (!alert) return new Map()
  const series = new Map<string, { labels: Labels; firings: CostlyFiring[] }>()
  for (const { at, labels } of held.of(alert.condition)) {
    const firings: CostlyFiring[] = []
    for (const firing of firingsOf(at, known, alert.holds)) {
      const budget = await gone(alert, labels, firing.from)
      firings.push({ ...firing, ...(budget && { budget }) })
    }
    if (firings.length > 0) series.set(keyOf(labels), { labels, firings })
  }
  return series
}

const compareSeries = (today: Series, changed: Series): LabelledFirings[] =>
  [...new Set([...today.keys(), ...changed.keys()])].toSorted().flatMap((key) => {
    const [one, other] = [today.get(key), changed.get(key)]
    const labels = (one ?? other)?.labels
    return labels
      ? [{ labels, firings: compareFirings(one?.firings ?? [], other?.firings ?? []) }]
      : []
  })
