import type { Feature, Objective, Owner, Severity } from 'cx-definition'
import type { alertNames } from '../promql/alert-names.ts'
import type { Counts } from '../promql/counts.ts'
import type { Expression } from '../promql/expression.ts'
import type { Template } from './template.ts'

export type AlertKind = keyof typeof alertNames

/** One alerting rule and what belongs to it. */
export interface Alert {
  readonly kind: AlertKind
  readonly severity: Severity
  readonly owner: Owner
  readonly feature?: Feature
  readonly objective?: Objective
  /** What its runbook is called; alerts that ask for the same first looks share one. */
  readonly page: string
  readonly title: string
  /** When it fires, in whatever way the events of an objective are counted. */
  readonly condition: (count: (objective: Objective) => Counts) => Expression
  readonly for?: string
  readonly keepFiringFor?: string
  /** Beside those that every alert has. */
  readonly labels: Readonly<Record<string, string>>
  readonly summary: Template
  readonly description: Template
  readonly links: Readonly<Record<string, Template>>
}
