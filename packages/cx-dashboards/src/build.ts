import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import { type Catalog, type Problem, throwIfAny } from 'cx-definition'
import type { Artifact } from './artifact.ts'
import { buildDashboard, type Dashboard, dashboardProblems } from './grafana/dashboard.ts'

/** What a `cx-dashboards.config.ts` exports by default. */
export interface DashboardSet {
  readonly catalog: Catalog
  /** Where the dashboards go in Grafana. */
  readonly folder: { readonly uid: string; readonly title: string }
  readonly dashboards: readonly Dashboard[]
}

/** @throws {DefinitionError} with every problem of every dashboard. */
export const defineDashboards = (set: DashboardSet): DashboardSet => {
  const uids = set.dashboards.map(({ uid }) => uid)
  const problems = set.dashboards.flatMap((dashboard, index) => [
    ...duplicateUid(uids, index),
    ...dashboardProblems(`dashboards[${index}]`, dashboard, uids, set.catalog.dimension.name),
  ])
  throwIfAny(distinct(problems))
  return set
}

/** A graph stands on several dashboards, and a function may make it several times: its problems are told once. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

const duplicateUid = (uids: readonly string[], index: number): Problem[] => {
  const first = uids.indexOf(uids[index] as string)
  if (first === index) return []
  const message = `${JSON.stringify(uids[index])} is already the uid of dashboards[${first}]`
  return [
    {
      code: 'CX_ERR_DUPLICATE_NAME',
      path: `dashboards[${index}].uid`,
      message,
      remedy: 'Rename one of the two',
    },
  ]
}

export interface BuiltDashboard {
  readonly uid: string
  readonly json: sdk.Dashboard
}

export const buildDashboards = ({ catalog, dashboards }: DashboardSet): readonly BuiltDashboard[] =>
  dashboards.map((dashboard) => ({
    uid: dashboard.uid,
    json: buildDashboard(dashboard, { dimension: catalog.dimension.name }),
  }))

/** Stable text: built in a fixed order, so that a changed definition shows as a small diff. */
export const buildArtifacts = (set: DashboardSet): readonly Artifact[] =>
  buildDashboards(set).map(({ json, uid }) => ({
    path: `grafana/${uid}.json`,
    content: `${JSON.stringify(json, undefined, 2)}\n`,
  }))
