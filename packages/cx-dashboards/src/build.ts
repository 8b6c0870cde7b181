import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import {
  type Catalog,
  type Instrument,
  partsOf,
  type Problem,
  throwIfAny,
  unowned,
} from 'cx-definition'
import { type Alerting, alertingProblems } from './alerting.ts'
import { alertmanagerArtifacts } from './alertmanager/alertmanager-config.ts'
import type { Artifact } from './artifact.ts'
import { datadogUrl } from './grafana/datadog-links.ts'
import { buildDashboard, type Dashboard, dashboardProblems } from './grafana/dashboard.ts'
import { kubernetesArtifacts } from './kubernetes/kubernetes-objects.ts'
import type { AlertLinks, LinkTarget } from './prometheus/alert-links.ts'
import { ruleFileArtifact } from './prometheus/rule-file.ts'
import { ruleTestArtifacts } from './prometheus/rule-tests.ts'
import { ruleFiles } from './prometheus/rules.ts'
import { runbookArtifacts } from './runbooks/runbooks.ts'

/** What a `cx-dashboards.config.ts` exports by default. */
export interface DashboardSet {
  readonly catalog: Catalog
  /** Where the dashboards go in Grafana. */
  readonly folder: { readonly uid: string; readonly title: string }
  readonly dashboards: readonly Dashboard[]
  /** Where the web apps' sessions are, such as `datadoghq.eu`: dashboards then lead there. */
  readonly datadog?: { readonly site: string } | undefined
  /** Rules, alerts and routes; without it, only dashboards are made. */
  readonly alerting?: Alerting
}

/** @throws {DefinitionError} with every problem of every dashboard. */
export const defineDashboards = (set: DashboardSet): DashboardSet => {
  const uids = set.dashboards.map(({ uid }) => uid)
  const problems = set.dashboards.flatMap((dashboard, index) => [
    ...duplicateUid(uids, index),
    ...dashboardProblems(`dashboards[${index}]`, dashboard, uids, set.catalog),
  ])
  if (set.datadog) problems.push(...siteProblems('datadog.site', set.datadog.site))
  if (set.alerting) problems.push(...alertingProblems('alerting', set.alerting, set.catalog))
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
    externalInstruments: externalInstruments(catalog),
    owners: [...catalog.owners.map(({ name }) => name), unowned],
    datadogUrl: datadog && datadogUrl(datadog.site),
    titleOf: (uid: string) => dashboards.find((each) => each.uid === uid)?.title ?? uid,
  }
  return dashboards.map((dashboard) => ({
    uid: dashboard.uid,
    json: buildDashboard(dashboard, context),
  }))
}

const externalInstruments = ({ objectives }: Catalog): readonly Instrument[] => {
  const counts = objectives.flatMap(({ indicator }) => [indicator.total, indicator.good])
  const instruments = counts.flatMap(partsOf).map(({ instrument }) => instrument)
  return [...new Set(instruments)].filter(({ labels }) => labels !== undefined)
}

/** Stable text: built in a fixed order, so that a changed definition shows as a small diff. */
export const buildArtifacts = (set: DashboardSet): readonly Artifact[] => [
  ...buildDashboards(set).map(({ json, uid }) => ({
    path: `grafana/${uid}.json`,
    content: `${JSON.stringify(json, undefined, 2)}\n`,
  })),
  ...(set.alerting ? alertingArtifacts(set, set.alerting) : []),
]

const alertingArtifacts = (set: DashboardSet, alerting: Alerting): Artifact[] => {
  const { catalog } = set
  const links = alertLinks(set, alerting)
  const rules = ruleFiles(catalog, alerting, links)
  return [
    ...rules.map(ruleFileArtifact),
    ...ruleTestArtifacts(catalog, alerting, links),
    ...alertmanagerArtifacts(catalog, alerting),
    ...runbookArtifacts(catalog, alerting, links),
    ...(alerting.kubernetes ? kubernetesArtifacts(catalog, rules, alerting.kubernetes) : []),
  ]
}

/** The pages that alerts lead to, as a build writes them where no page is yet. */
export const buildRunbooks = (set: DashboardSet): readonly Artifact[] =>
  set.alerting ? runbookArtifacts(set.catalog, set.alerting, alertLinks(set, set.alerting)) : []

/** Where alerts lead in a set: to the dashboard of their feature or app, or to the first. */
export const alertLinks = (
  { catalog, dashboards, datadog }: DashboardSet,
  { grafanaUrl, runbookUrl }: Alerting,
): AlertLinks => ({
  appsOf: (feature) => [
    ...new Set(catalog.journeys.filter((each) => each.feature === feature).map(({ app }) => app)),
  ],
  grafanaUrl,
  runbookUrl,
  datadogUrl: datadog && datadogUrl(datadog.site),
  customerDashboard:
    grafanaUrl === undefined
      ? undefined
      : dashboards.find(({ forOneCustomer }) => forOneCustomer)?.uid,
  dashboardOf: (target) =>
    grafanaUrl === undefined
      ? undefined
      : (dashboards.find((each) => isAbout(each, target)) ?? dashboards[0])?.uid,
})

const isAbout = ({ feature, sessionsOf = [] }: Dashboard, target: LinkTarget): boolean =>
  target.feature ? feature === target.feature : !!target.app && sessionsOf.includes(target.app)
