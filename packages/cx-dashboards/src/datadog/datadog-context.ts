import type { Catalog, Feature, Objective, Owner, Percent } from 'cx-definition'
import type { generalPages } from '../page-address.ts'
import { tagValue } from './metric-query.ts'
import type { DatadogMonitors } from './datadog.ts'

/** What emitters for Datadog know beside an objective, a feature or an app. */
export interface DatadogContext {
  readonly catalog: Catalog
  /** The uid of the set's folder, by which its objects know each other. */
  readonly set: string
  /** Such as `https://app.datadoghq.eu`. */
  readonly url: string
  readonly monitors: DatadogMonitors
  /** The share of an app's sessions that an owner's errors may hit. */
  readonly sessionsHit: Percent
  /** Pages that say what to do; undefined where there are none. */
  readonly runbookOf: (objective: Objective, page: 'burn' | 'breach') => string | undefined
  /** A page that is of no one objective, such as the list of all. */
  readonly runbookPage: (page: keyof typeof generalPages) => string | undefined
  /** The address of the dashboard in Grafana that shows the same; undefined where there is none. */
  readonly grafanaTwin: (of: GrafanaTwin) => string | undefined
}

export type GrafanaTwin =
  | 'overview'
  | 'customer'
  | { readonly feature: Feature; readonly objective?: Objective }

/** Who is told, in a monitor's message: nobody while monitors only shadow what tells people today. */
export const handlesOf = (
  owner: Owner,
  severity: 'page' | 'ticket',
  { contacts, mode }: DatadogMonitors,
): readonly string[] =>
  mode === 'primary'
    ? (contacts.find((each) => each.owner.name === owner.name)?.[severity] ?? [])
    : []

/** Tags of an SLO or a monitor: whose it is there, and in which set it is published. */
export const markTags = ({ set }: Pick<DatadogContext, 'set'>, name: string): string[] => [
  'managed_by:cx-dashboards',
  `cx_set:${tagValue(set)}`,
  `cx_name:${name}`,
]
