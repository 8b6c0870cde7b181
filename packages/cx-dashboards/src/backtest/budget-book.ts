import type { Objective } from 'cx-definition'
import type { Labels, Range } from '../publishers/prometheus-api.ts'
import {
  type BudgetGone,
  type BudgetHistory,
  budgetGone,
  budgetHistories,
  environmentOf,
  latestBad,
} from './budget-history.ts'
import { type ErrorRatios, errorRatios } from './error-ratios.ts'
import type { RangeQuery } from './patient-query.ts'
import type { BacktestCatalog, ReplayedAlert } from './replayed-alert.ts'

/** What the objectives of the catalogs counted. */
export interface BudgetBook {
  /** Of an alert's objective in the environment of its labels; unknown where there is none, or nothing was read. */
  readonly gone: (
    alert: ReplayedAlert,
    labels: Labels,
    at: number,
  ) => Promise<BudgetGone | undefined>
  /** Nothing was counted in the whole range. */
  readonly isUnrecorded: (objective: Objective) => boolean
  readonly errorRatios: readonly ErrorRatios[]
  readonly problems: () => readonly string[]
}

interface Page {
  readonly objective: Objective
  readonly catalog: BacktestCatalog
  /** Absent where it could not be read. */
  readonly histories: readonly BudgetHistory[] | undefined
}

/** Reads every objective's history once; what cannot be read is told and leaves budgets unknown. */
export const readBudgets = async (
  catalogs: readonly BacktestCatalog[],
  range: Range,
  query: RangeQuery,
): Promise<BudgetBook> => {
  const problems = new Set<string>()
  const orTell = async <Value>(ask: () => Promise<Value>): Promise<Value | undefined> => {
    // Of a Prometheus that failed, every further question would be waited for in vain.
    if (problems.size > 0) return undefined
    try {
      return await ask()
    } catch (error) {
      problems.add(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
  const pages = new Map<Objective, Page>()
  const once = remembering(query)
  for (const [objective, catalog] of objectivesOf(catalogs)) {
    const histories = await orTell(() =>
      budgetHistories(objective, catalog.set.catalog, range, once),
    )
    pages.set(objective, { objective, catalog, histories })
  }
  const latest = async ({ catalog, objective }: Page, environment: string, at: number) => {
    const bad = latestBad(objective, catalog.set.catalog, at)
    const found = await orTell(() => once(bad, { start: at, end: at, step: 1 }))
    if (found === undefined) return undefined
    const own = found.find(({ labels }) => environmentOf(labels) === environment)
    return own?.samples[0]?.value ?? 0
  }
  return {
    gone: async ({ objective }, labels, at) => {
      const page = objective && pages.get(objective)
      const environment = environmentOf(labels)
      const history = page?.histories?.find((each) => each.environment === environment)
      if (!page || !history) return undefined
      const last = await latest(page, environment, at)
      return last === undefined ? undefined : budgetGone(page.objective, history, at, last)
    },
    isUnrecorded: (objective) =>
      pages.get(objective)?.histories?.every(({ events }) => isEmpty(events, range)) ?? false,
    errorRatios: [...pages.values()].flatMap(({ histories = [], objective }) =>
      histories.map((history) => errorRatios(objective, history, range)),
    ),
    problems: () => [...problems],
  }
}

const objectivesOf = (catalogs: readonly BacktestCatalog[]) =>
  new Map(
    catalogs.flatMap((catalog) =>
      catalog.set.catalog.objectives.map((objective) => [objective, catalog] as const),
    ),
  )

const isEmpty = (events: BudgetHistory['events'], { end, start }: Range): boolean =>
  events.every(({ at, total }) => total === 0 || at < start || at > end)

/** Two catalogs mostly count the same. */
const remembering = (query: RangeQuery): RangeQuery => {
  const answers = new Map<string, ReturnType<RangeQuery>>()
  return (expression, range) => {
    const key = JSON.stringify([expression, range])
    const answer = answers.get(key) ?? query(expression, range)
    answers.set(key, answer)
    return answer
  }
}
