import { isRecord } from './shown-value.ts'
import { v2Parts } from './v2-parts.ts'

type Json = Readonly<Record<string, unknown>>

/** A panel and the titled row that it stands in. */
export interface PlacedPanel {
  readonly title: string
  readonly type: string
  /** The title of the row; nothing before the first. */
  readonly row: string
  readonly id: unknown
  readonly json: Json
}

/** A dashboard taken apart, whichever schema it is in. */
export interface DashboardParts {
  readonly panels: readonly PlacedPanel[]
  /** In their order, without their panels. */
  readonly rows: readonly PlacedPanel[]
  readonly variables: readonly Json[]
  readonly links: readonly Json[]
  readonly annotations: readonly Json[]
  /** All else but what the server numbers. */
  readonly head: Json
}

/** @returns a reason where it is no dashboard */
export const dashboardParts = (value: unknown): DashboardParts | string => {
  const json = isRecord(value) && isRecord(value['spec']) ? value['spec'] : value
  if (!isRecord(json)) return 'what is there is no dashboard'
  if (isRecord(json['elements'])) return v2Parts(json)
  if (json['panels'] !== undefined && !Array.isArray(json['panels'])) {
    return 'what is there is no dashboard: its panels are no list'
  }
  const { annotations, links, panels, templating, ...head } = json
  return {
    ...flattened(listOf(panels)),
    variables: listIn(templating).map(settled),
    links: listOf(links),
    // Grafana puts its own first: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/annotate-visualizations/
    annotations: listIn(annotations).filter(({ builtIn }) => builtIn !== 1 && builtIn !== true),
    head: without(head, serverFields),
  }
}

const serverFields = [
  'gnetId',
  'id',
  'iteration',
  'schemaVersion',
  'uid',
  'version',
  'time_options',
]

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])

const listIn = (value: unknown): Json[] => (isRecord(value) ? listOf(value['list']) : [])

const without = (json: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)))

/** What was chosen in a variable last is no part of its definition, and the editor wraps its query. */
const settled = (variable: Json): Json => {
  const { query } = variable
  const inner = isRecord(query) && typeof query['query'] === 'string' ? query['query'] : query
  const state = variable['type'] === 'query' || variable['type'] === 'datasource' ? ['options'] : []
  return { ...without(variable, ['current', 'definition', ...state]), query: inner }
}

const flattened = (list: readonly Json[]): Pick<DashboardParts, 'panels' | 'rows'> => {
  const panels: PlacedPanel[] = []
  const rows: PlacedPanel[] = []
  let row = ''
  for (const json of list) {
    if (json['type'] === 'row') {
      row = textOf(json['title'])
      rows.push(placed(without(json, ['panels']), ''))
      // The panels of a collapsed row are inside of it.
      for (const inner of listOf(json['panels'])) panels.push(placed(inner, row))
    } else panels.push(placed(json, row))
  }
  return { panels, rows }
}

const placed = (json: Json, row: string): PlacedPanel => ({
  title: textOf(json['title']),
  type: textOf(json['type']),
  row,
  id: json['id'],
  json,
})

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
