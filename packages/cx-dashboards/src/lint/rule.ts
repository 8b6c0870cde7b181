import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { QuerySelector } from './promql-selectors.ts'

/** Where a rule is broken, as the linter names places: by titles, and a query by its index. */
export interface LintPlace {
  readonly dashboard: string
  readonly panel?: string
  readonly target?: number
}

/** What is wrong, in plain words without a full stop, and what mends it. */
export interface Broken {
  readonly message: string
  readonly remedy: string
  /** What it is about, where that is a part of a query. */
  readonly selector?: QuerySelector
}

export interface LintResult extends Broken {
  readonly rule: string
  readonly place: LintPlace
  /** Whether the query is asked once, for the end of the time range, and not for each point of a graph. */
  readonly instant?: boolean
}

/** A query of a panel. */
export interface LintTarget {
  readonly index: number
  readonly expr: string
  readonly instant: boolean
  /** Undefined where the query does not parse. */
  readonly selectors: readonly QuerySelector[] | undefined
}

export interface DashboardRule {
  readonly name: string
  readonly check: (dashboard: Dashboard) => readonly Broken[]
}

export interface PanelRule {
  readonly name: string
  readonly check: (panel: Panel, dashboard: Dashboard) => readonly Broken[]
}

export interface TargetRule {
  readonly name: string
  readonly check: (target: LintTarget, panel: Panel) => readonly Broken[]
}

// https://github.com/grafana/dashboard-linter/blob/main/lint/constants.go
export const judgedPanels: ReadonlySet<string> = new Set([
  'stat',
  'singlestat',
  'gauge',
  'graph',
  'timeseries',
  'table',
])
