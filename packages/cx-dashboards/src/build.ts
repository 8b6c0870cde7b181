import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import { type Catalog, type Problem, throwIfAny, unowned } from 'cx-definition'
import type { Artifact } from './artifact.ts'
import { datadogUrl } from './grafana/datadog-links.ts'
import { buildDashboard, type Dashboard, dashboardProblems } from './grafana/dashboard.ts'

/** What a `cx-dashboards.config.ts` exports by default. */
export interface DashboardSet {
  readonly catalog: Catalog
  /** Where the dashboards go in Grafana. */
  readonly folder: { readonly uid: string; readonly title: string }
  readonly dashboards: readonly Dashboard[]
  /** Where the web apps' sessions are, such as `datadoghq.eu`: dashboards then lead there. */
  readonly datadog?: { readonly site: string } | undefined
}

/** @throws {DefinitionError} with every problem of every dashboard. */
export const defineDashboards = (set: DashboardSet): DashboardSet => {
  const uids = set.dashboards.map(({ uid }) => uid)
  const problems = set.dashboards.flatMap((dashboard, index) => [
    ...duplicateUid(uids, index),
    ...dashboardProblems(`dashboards[${index}]`, dashboard, uids, set.catalog),
  ])
  if (set.datadog) problems.push(...siteProblems('datadog.site', set.datadog.site))
  throwIfAny(distinct(problems))
  return set
}

/** A graph stands on several dashboards, and a function may make it several times: its problems are told once. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

// https://docs.datadoghq.com/getting_started/site/
const siteProblems = (path: string, site: string): Problem[] =>
  /^([a-z\d-]+\.)?(datadoghq\.(com|eu)|ddog-gov\.com)$/.test(site)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${JSON.stringify(site)} is no site of Datadog`,
          remedy: 'Use its name without a scheme, such as datadoghq.eu or us5.datadoghq.com',
        },
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

/** The dashboards as Grafana's JSON, in the order of the set. */
export const buildDashboards = ({
  catalog,
  dashboards,
  datadog,
}: DashboardSet): readonly BuiltDashboard[] => {
  const context = {
    dimension: catalog.dimension.name,
    owners: [...catalog.owners.map(({ name }) => name), unowned],
    datadogUrl: datadog && datadogUrl(datadog.site),
    titleOf: (uid: string) => dashboards.find((each) => each.uid === uid)?.title ?? uid,
  }
  return dashboards.map((dashboard) => ({
    uid: dashboard.uid,
    json: buildDashboard(dashboard, context),
  }))
}

/** Stable text: built in a fixed order, so that a changed definition shows as a small diff. */
export const buildArtifacts = (set: DashboardSet): readonly Artifact[] =>
  buildDashboards(set).map(({ json, uid }) => ({
    path: `grafana/${uid}.json`,
    content: `${JSON.stringify(json, undefined, 2)}\n`,
  }))
