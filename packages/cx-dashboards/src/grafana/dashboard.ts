import * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import type { Feature, Objective, Owner, WebApp } from 'cx-definition'
import { type Choices, environmentChoices } from '../promql/environments.ts'
import { labelValues } from '../promql/queries.ts'
import { annotations, type Marks } from './annotations.ts'
import { type DashboardKind, kindTag } from './dashboard-kind.ts'
import { datadogErrors, datadogSessions, inDatadog, ofOwner } from './datadog-links.ts'
import { environmentMatcher, environmentVariable } from './environment.ts'
import { capitalized, datasource } from './house-style.ts'
import { bottomOf, gridColumns, type GridPosition, placePanels } from './layout.ts'
import type { Panel, PanelContext } from './panel.ts'
import { refId } from './query-target.ts'

/** A titled band of panels. */
export interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

/** Its panels are placed from left to right, in as many lines as they need. */
export const row = (title: string, panels: readonly Panel[]): Row => ({ title, panels })

/** What is shown together, under one address. */
export interface Dashboard {
  /** 1 to 40 letters, digits, `-` and `_`; part of every link to it. */
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly rows: readonly Row[]
  /** Adds a choice of one value of the catalog's dimension, as the variable of its name. */
  readonly forOneCustomer?: boolean
  /** The uid of the dashboard this one was zoomed into from. */
  readonly zoomOutTo?: string
  /** Other dashboards that it leads to, by their uids. */
  readonly leadsTo?: readonly string[]
  /** Web apps whose sessions in Datadog it leads to, where the set of dashboards says where that is. */
  readonly sessionsOf?: readonly WebApp[]
  /** Whose errors in those apps it leads to in Datadog as well. */
  readonly errorsOf?: Owner
  /** What it is about: alerts on this feature, or on this objective, lead to it. */
  readonly feature?: Feature
  readonly objective?: Objective
  /** Whose it is. */
  readonly owner?: Owner
  /** Of a generated one: it is listed among those of its kind. */
  readonly kind?: DashboardKind
  /** Where its time range begins, such as `now-6h`. Default: `now-15m`. */
  readonly from?: string
  /** What its graphs are marked with; the deployments of every service where nothing is said. */
  readonly marks?: Marks
}

/**
 * The dashboard in Grafana's classic schema (v1), which Grafana 10 to 13 take. Two uses of one builder share objects in it, and those
 * carry functions: good for text, and to be copied for anybody who keeps it.
 */
export const buildDashboard = (definition: Dashboard, context: PanelContext): sdk.Dashboard => {
  const built = new sdk.DashboardBuilder(definition.title)
    .uid(definition.uid)
    .description(definition.description)
    .tags(dashboardTags(definition))
    .readonly()
    .tooltip(sdk.DashboardCursorSync.Crosshair)
    .time({ from: definition.from ?? 'now-15m', to: 'now' })
    .refresh('10s')
    .annotations(
      annotations(definition.marks ?? {}, {
        alertsInPrometheus: context.alertsInPrometheus,
        tickets: definition.objective !== undefined,
      }),
    )
    .variables(variables(definition, context))
    .links(links(definition, context))
    .build()
  return {
    ...built,
    links: built.links?.map(inSight) ?? [],
    annotations: { list: built.annotations?.list?.map(inSight) ?? [] },
    panels: placedPanels(definition.rows, context),
  }
}

/** By which dashboards are listed together. */
export const dashboardTags = ({ kind, owner }: Dashboard): string[] => [
  'cx',
  ...(kind ? [kindTag(kind)] : []),
  ...(owner ? [`owner:${owner.name}`] : []),
]

/** The SDK puts every link and mark into a menu, in which newer Grafana hides it. */
const inSight = <Shown extends { placement?: unknown }>(built: Shown): Shown => {
  const shown = { ...built }
  delete shown.placement
  return shown
}

const variables = (
  { forOneCustomer = false }: Dashboard,
  { dimension, externalInstruments }: PanelContext,
) => {
  const environments = environmentChoices(externalInstruments, dimension)
  return [
    new sdk.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    choice(environmentVariable, 'Environment', environments),
    ...(forOneCustomer
      ? [choice(dimension, dimension, { query: labelValues(dimension, [environmentMatcher]) })]
      : []),
  ]
}

const choice = (name: string, label: string, { query, regex }: Choices) => {
  const variable = new sdk.QueryVariableBuilder(name)
    .label(capitalized(label))
    .datasource(datasource)
    .query(query)
    .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
    .sort(sdk.VariableSort.AlphabeticalAsc)
  return regex === undefined ? variable : variable.regex(regex)
}

const links = (dashboard: Dashboard, { datadogUrl, kinds, titleOf }: PanelContext) => [
  ...(dashboard.zoomOutTo === undefined
    ? []
    : [dashboardLink(dashboard.zoomOutTo, 'Zoom out').icon('arrow-left')]),
  ...[...kinds].map(kindLink),
  ...(dashboard.leadsTo ?? []).map((uid) => dashboardLink(uid, titleOf(uid)).icon('dashboard')),
  ...(datadogUrl === undefined ? [] : datadogPages(dashboard, datadogUrl)),
]

const datadogPages = ({ errorsOf, sessionsOf = [] }: Dashboard, url: string) => {
  if (sessionsOf.length === 0) return []
  const apps = inDatadog(sessionsOf)
  return [
    datadogLink('Sessions in Datadog', datadogSessions(url, apps)),
    ...(errorsOf
      ? [
          datadogLink(
            `Errors of ${errorsOf.title} in Datadog`,
            datadogErrors(url, [...apps, ofOwner(errorsOf.name)]),
          ),
        ]
      : []),
  ]
}

const datadogLink = (title: string, url: string) =>
  new sdk.DashboardLinkBuilder(title)
    .type(sdk.DashboardLinkType.Link)
    .url(url)
    .icon('external link')
    .targetBlank(true)

const dashboardLink = (uid: string, title: string) =>
  new sdk.DashboardLinkBuilder(title)
    .type(sdk.DashboardLinkType.Link)
    .url(`/d/${uid}`)
    .keepTime(true)
    .includeVars(true)

/** A list of all dashboards of a kind. */
const kindLink = (kind: DashboardKind) =>
  new sdk.DashboardLinkBuilder(`${capitalized(kind)}s`)
    .type(sdk.DashboardLinkType.Dashboards)
    .tags([kindTag(kind)])
    .asDropdown(true)
    .icon('external link')
    .keepTime(true)
    .includeVars(true)

/** The SDK gives rows the id 0 and panels none, and hands out live objects: ids, refIds and places are ours. */
const placedPanels = (
  rows: readonly Row[],
  context: PanelContext,
): (sdk.Panel | sdk.RowPanel)[] => {
  const placed: (sdk.Panel | sdk.RowPanel)[] = []
  let top = 0
  for (const { panels, title } of rows) {
    placed.push({
      ...new sdk.RowBuilder(title).build(),
      id: placed.length + 1,
      gridPos: { x: 0, y: top, w: gridColumns, h: 1 },
    })
    const positions = placePanels(panels, top + 1)
    for (const [index, panel] of panels.entries()) {
      placed.push(placedPanel(panel, context, placed.length + 1, positions[index] as GridPosition))
    }
    top = bottomOf(positions, top + 1)
  }
  return placed
}

const placedPanel = (
  panel: Panel,
  context: PanelContext,
  id: number,
  gridPos: GridPosition,
): sdk.Panel => {
  const built = panel.build(context).build()
  const targets = built.targets?.map((target, index) => ({
    ...target,
    refId: nameOf(target) ?? refId(index),
  }))
  return {
    ...built,
    id,
    gridPos,
    ...(targets ? { datasource: built.datasource ?? datasource, targets } : {}),
  }
}

/** Ours have none until here. */
const nameOf = (target: object): string | undefined =>
  'refId' in target && typeof target.refId === 'string' ? target.refId : undefined
