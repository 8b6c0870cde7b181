import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import {
  type Catalog,
  type Instrument,
  type Objective,
  type Owner,
  partsOf,
  type Problem,
  throwIfAny,
  unowned,
} from 'cx-definition'
import {
  type Alerting,
  alertingProblems,
  onCallOf,
  runbookOf,
  toleratedSessionsHit,
} from './alerting.ts'
import { alertmanagerArtifacts } from './alertmanager/alertmanager-config.ts'
import type { Artifact } from './artifact.ts'
import { type Datadog, datadogProblems } from './datadog/datadog.ts'
import type { DatadogContext, GrafanaTwin } from './datadog/datadog-context.ts'
import type { DatadogObject } from './datadog/datadog-object.ts'
import { datadogArtifacts, datadogObjects } from './datadog/datadog-objects.ts'
import { datadogUrl } from './grafana/datadog-links.ts'
import { buildDashboard, type Dashboard } from './grafana/dashboard.ts'
import { dashboardProblems } from './grafana/dashboard-problems.ts'
import type { DashboardKind } from './grafana/dashboard-kind.ts'
import { dashboardFinder } from './grafana/dashboard-finder.ts'
import { areLinkable, dashboardUid } from './grafana/dashboard-uid.ts'
import { fingerprint } from './grafana/fingerprint.ts'
import type { PanelContext } from './grafana/panel.ts'
import { kubernetesArtifacts } from './kubernetes/kubernetes-objects.ts'
import { exclusionProblems, type LintExclusion } from './lint/exclusions.ts'
import { lintFile } from './lint/lint-file.ts'
import { ownArtifacts } from './own-artifacts.ts'
import type { AlertLinks } from './prometheus/alert-links.ts'
import { ruleFileArtifact } from './prometheus/rule-file.ts'
import { ruleTestArtifacts } from './prometheus/rule-tests.ts'
import { ruleFiles } from './prometheus/rules.ts'
import { runbookArtifacts } from './runbooks/runbooks.ts'

/** What a `cx-dashboards.config.ts` exports by default. */
export interface DashboardSet {
  readonly catalog: Catalog
  /** Where the dashboards go in Grafana. */
  readonly folder: { readonly uid: string; readonly title: string }
  /** `byOwner`: each owner's dashboards go into a folder of their own in it; beside it where folders cannot be in folders. */
  readonly folders?: 'byOwner'
  readonly dashboards: readonly Dashboard[]
  readonly datadog?: Datadog | undefined
  /** Rules, alerts and routes; without it, only dashboards are made. */
  readonly alerting?: Alerting
  /** Rules of Grafana's dashboard-linter that some of the dashboards break on purpose. */
  readonly lint?: readonly LintExclusion[]
  /** Whatever else is to be generated from the same definitions; `cx-dashboards build` writes it with the rest. */
  readonly artifacts?: (set: DashboardSet) => readonly Artifact[]
}

/** @throws {DefinitionError} with every problem of every dashboard. */
export const defineDashboards = (set: DashboardSet): DashboardSet => {
  const uids = set.dashboards.map(({ uid }) => uid)
  const problems = set.dashboards.flatMap((dashboard, index) => [
    ...duplicateUid(uids, index),
    ...dashboardProblems(`dashboards[${index}]`, dashboard, uids, set.catalog),
    ...ruleProblems(`dashboards[${index}]`, dashboard, set),
  ])
  problems.push(...folderProblems(set.folder.uid))
  if (set.datadog) problems.push(...datadogProblems('datadog', set.datadog, set.catalog))
  if (set.alerting) problems.push(...alertingProblems('alerting', set.alerting, set.catalog))
  if (set.lint) problems.push(...exclusionProblems('lint', set.lint))
  throwIfAny(distinct(problems))
  return set
}

const folderProblems = (uid: string): Problem[] =>
  /^[\w-]{1,40}$/.test(uid)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path: 'folder.uid',
          message: `${JSON.stringify(uid)} is no uid`,
          remedy: 'Use 1 to 40 letters, digits, hyphens and underscores',
        },
      ]

const ruleProblems = (path: string, { rows }: Dashboard, { alerting }: DashboardSet): Problem[] =>
  alerting || !rows.some(({ panels }) => panels.some(({ fromRules }) => fromRules))
    ? []
    : [
        {
          code: 'CX_ERR_NO_RULES',
          path,
          message: 'a panel reads what recording rules keep, and there are none',
          remedy:
            'Add alerting to the set of dashboards, or give objectives: false where the panels are made',
        },
      ]

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

/** The dashboards as Grafana's JSON, in the order of the set. */
export const buildDashboards = (set: DashboardSet): readonly BuiltDashboard[] =>
  set.dashboards.map(dashboardBuilder(set))

/** One after the other: thousands at once would fill the memory. */
const dashboardBuilder = (set: DashboardSet): ((dashboard: Dashboard) => BuiltDashboard) => {
  const { catalog, dashboards, datadog } = set
  const titles = new Map(dashboards.map(({ title, uid }) => [uid, title]))
  const context: PanelContext = {
    ...reachable(set),
    dimension: catalog.dimension.name,
    externalInstruments: externalInstruments(catalog),
    operations: catalog.features.flatMap(({ operations }) => operations),
    owners: [...catalog.owners.map(({ name }) => name), unowned],
    datadogUrl: datadog && datadogUrl(datadog.site),
    titleOf: (uid: string) => titles.get(uid) ?? uid,
  }
  return (dashboard) => ({
    uid: dashboard.uid,
    json: marked(buildDashboard(dashboard, context), set),
  })
}

/** Where one comes from, so that nobody changes it by hand, and a state that changes whenever it does. */
const marked = (json: sdk.Dashboard, { folder }: DashboardSet): sdk.Dashboard => ({
  ...json,
  description: `${json.description ?? ''}\n\nGenerated by cx-dashboards for “${folder.title}”, state ${fingerprint(JSON.stringify(json)).slice(0, 8)}. Change the catalog, not this.`,
})

/** What panels lead to beside dashboards, and which dashboards can be led to. */
const reachable = ({ alerting, catalog, dashboards }: DashboardSet) => {
  const several = (['feature', 'service', 'objective'] as const).filter((kind) =>
    dashboards.some((each) => each.kind === kind),
  )
  const namesOf = {
    feature: catalog.objectives.map(({ feature }) => feature),
    service: catalog.services,
    objective: catalog.objectives,
  }
  return {
    recorded: alerting !== undefined,
    kinds: new Set<DashboardKind>(several),
    linkable: new Set<DashboardKind>(
      several.filter((kind) => {
        const names = namesOf[kind].map(({ name }) => name)
        const uids = new Set(dashboards.filter((each) => each.kind === kind).map(({ uid }) => uid))
        return areLinkable(kind, names) && names.every((name) => uids.has(dashboardUid(kind, name)))
      }),
    ),
    runbookOf: (objective: Objective) => alerting && runbookOf(objective, alerting),
    onCallOf: (owner: Owner) => alerting && onCallOf(owner, alerting),
  }
}

const externalInstruments = ({ objectives }: Catalog): readonly Instrument[] => {
  const counts = objectives.flatMap(({ indicator }) => [indicator.total, indicator.good])
  const instruments = counts.flatMap(partsOf).map(({ instrument }) => instrument)
  return [...new Set(instruments)].filter(({ labels }) => labels !== undefined)
}

/** Stable text: built in a fixed order, so that a changed definition shows as a small diff. */
export const buildArtifacts = (set: DashboardSet): readonly Artifact[] => {
  const build = dashboardBuilder(set)
  const ours = [
    ...set.dashboards.map((dashboard) => dashboardFile(build(dashboard))),
    lintFile(set.lint ?? []),
    ...(set.alerting ? alertingArtifacts(set, set.alerting) : []),
    ...datadogFiles(set),
  ]
  return [...ours, ...ownArtifacts(set.artifacts?.(set) ?? [], ours)]
}

const dashboardFile = ({ json, uid }: BuiltDashboard): Artifact => ({
  path: `grafana/${uid}.json`,
  content: `${JSON.stringify(json, undefined, 2)}\n`,
})

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
): AlertLinks => {
  const find = dashboardFinder(dashboards)
  return {
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
      grafanaUrl === undefined ? undefined : (find(target) ?? dashboards[0])?.uid,
  }
}

/** What `publish` makes in Datadog; nothing where the set asks for none. */
export const buildDatadog = (set: DashboardSet): readonly DatadogObject[] => {
  const context = datadogContext(set)
  return context ? datadogObjects(context) : []
}

const datadogFiles = (set: DashboardSet): readonly Artifact[] => {
  const context = datadogContext(set)
  return context ? datadogArtifacts(context) : []
}

const datadogContext = (set: DashboardSet): DatadogContext | undefined => {
  const { alerting, catalog, dashboards, datadog, folder } = set
  const monitors = datadog?.monitors
  if (!monitors) return undefined
  const runbookUrl = monitors.runbookUrl ?? alerting?.runbookUrl
  const grafanaUrl = (monitors.grafanaUrl ?? alerting?.grafanaUrl)?.replace(/\/+$/, '')
  const find = dashboardFinder(dashboards)
  const twinOf = (of: GrafanaTwin) =>
    of === 'customer'
      ? dashboards.find(({ forOneCustomer }) => forOneCustomer)
      : of === 'overview'
        ? dashboards.find(({ kind }) => kind === 'overview')
        : find(of)
  return {
    catalog,
    set: folder.uid,
    url: datadogUrl(datadog.site),
    monitors,
    sessionsHit: toleratedSessionsHit(alerting ?? {}),
    runbookOf: (objective) => runbookOf(objective, { runbookUrl }),
    browserRunbook: runbookUrl && `${runbookUrl.replace(/\/+$/, '')}/browser-errors.md`,
    grafanaTwin: (of) => {
      const uid = twinOf(of)?.uid
      return grafanaUrl === undefined || uid === undefined ? undefined : `${grafanaUrl}/d/${uid}`
    },
  }
}
