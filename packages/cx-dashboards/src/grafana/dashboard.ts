import * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import type { Problem } from 'cx-definition'
import { equalsVariable } from '../promql/expression.ts'
import { labels, labelValues } from '../promql/queries.ts'
import { environmentVariable } from './graph.ts'
import { datasource } from './house-style.ts'
import { bottomOf, gridColumns, type GridPosition, placePanels } from './layout.ts'
import type { Panel, PanelContext } from './panel.ts'
import { refId } from './query-target.ts'

export interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

export const row = (title: string, panels: readonly Panel[]): Row => ({ title, panels })

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
}

export const dashboardProblems = (
  path: string,
  { forOneCustomer = false, rows, uid, zoomOutTo }: Dashboard,
  uids: readonly string[],
  dimension: string,
): Problem[] => {
  const panels = rows.flatMap((each) => each.panels)
  return [
    ...(/^[\w-]{1,40}$/.test(uid) ? [] : [badUid(`${path}.uid`, uid)]),
    ...(panels.length > 0 ? [] : [noPanels(path)]),
    ...new Set(panels.flatMap(({ problems }) => problems)),
    ...panels.flatMap((panel, index) => sizeProblems(`${path} panel ${index + 1}`, panel)),
    ...[
      ...new Set([...panels.flatMap(({ linksTo }) => linksTo), ...(zoomOutTo ? [zoomOutTo] : [])]),
    ]
      .filter((linked) => !uids.includes(linked))
      .map((missing) => unknownDashboard(path, missing, uids)),
    ...[...new Set(panels.flatMap(({ reads }) => reads))]
      .filter((name) => !forOneCustomer || name !== dimension)
      .map((name) => unknownVariable(path, name, dimension)),
  ]
}

const badUid = (path: string, uid: string): Problem => ({
  code: 'CX_ERR_NAME',
  path,
  message: `${JSON.stringify(uid)} is no uid`,
  remedy: 'Use 1 to 40 letters, digits, hyphens and underscores',
})

const noPanels = (path: string): Problem => ({
  code: 'CX_ERR_EMPTY',
  path,
  message: 'the dashboard has no panel',
  remedy: "Take panels from a graph, such as graph({ name: 'API' }).availability()",
})

const unknownDashboard = (path: string, uid: string, uids: readonly string[]): Problem => ({
  code: 'CX_ERR_UNKNOWN_DASHBOARD',
  path,
  message: `it links to ${JSON.stringify(uid)}, which is not among the dashboards`,
  remedy: `Use one of ${uids.join(', ')}`,
})

const unknownVariable = (path: string, name: string, dimension: string): Problem => ({
  code: 'CX_ERR_UNKNOWN_VARIABLE',
  path,
  message: `a panel reads the variable ${JSON.stringify(name)}, which the dashboard does not have`,
  remedy: `Set forOneCustomer and use variable(${JSON.stringify(dimension)})`,
})

const sizeProblems = (path: string, { height, width }: Panel): Problem[] => {
  const isSize = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most
  if (isSize(width, gridColumns) && isSize(height, 1000)) return []
  const message = `a panel of ${width} × ${height} does not fit the grid`
  return [
    {
      code: 'CX_ERR_LAYOUT',
      path,
      message,
      remedy: `Give a width of 1 to ${gridColumns} and a height from 1 up`,
    },
  ]
}

/** The dashboard in Grafana's classic schema (v1), which Grafana 10 to 13 take. */
export const buildDashboard = (definition: Dashboard, context: PanelContext): sdk.Dashboard => {
  const built = new sdk.DashboardBuilder(definition.title)
    .uid(definition.uid)
    .description(definition.description)
    .tags(['cx'])
    .readonly()
    .tooltip(sdk.DashboardCursorSync.Crosshair)
    .time({ from: 'now-15m', to: 'now' })
    .refresh('10s')
    .variables(variables(definition, context))
    .links(links(definition))
    .build()
  return { ...built, panels: placedPanels(definition.rows, context) }
}

const variables = ({ forOneCustomer = false }: Dashboard, { dimension }: PanelContext) => {
  const inEnvironment = equalsVariable(labels.environment, environmentVariable)
  return [
    new sdk.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    choice(environmentVariable, 'Environment', labelValues(labels.environment)),
    ...(forOneCustomer
      ? [choice(dimension, dimension, labelValues(dimension, [inEnvironment]))]
      : []),
  ]
}

const choice = (name: string, label: string, query: string) =>
  new sdk.QueryVariableBuilder(name)
    .label(label.charAt(0).toUpperCase() + label.slice(1))
    .datasource(datasource)
    .query(query)
    .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
    .sort(sdk.VariableSort.AlphabeticalAsc)

const links = ({ zoomOutTo }: Dashboard) =>
  zoomOutTo === undefined
    ? []
    : [
        new sdk.DashboardLinkBuilder('Zoom out')
          .type(sdk.DashboardLinkType.Link)
          .url(`/d/${zoomOutTo}`)
          .icon('arrow-left')
          .keepTime(true)
          .includeVars(true),
      ]

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
  // A copy, since two uses of one builder would share its object; through JSON, since it carries functions.
  const built: sdk.Panel = JSON.parse(JSON.stringify(panel.build(context).build()))
  const targets = built.targets?.map((target, index) => ({ ...target, refId: refId(index) }))
  return { ...built, id, gridPos, ...(targets ? { datasource, targets } : {}) }
}
