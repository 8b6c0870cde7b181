import type { DashboardParts, PlacedPanel } from './dashboard-parts.ts'
import { isRecord } from './shown-value.ts'

type Json = Readonly<Record<string, unknown>>

/** A dashboard of Grafana's schema v2, taken apart as one of the classic schema would be. @param spec has `elements` */
export const v2Parts = (spec: Json): DashboardParts => {
  const { annotations, elements, layout, links, variables, ...head } = spec
  const panels = recordOf(elements)
  const rows = rowsIn(recordOf(layout))
  return {
    panels: rows.flatMap(({ items, row }) =>
      items.flatMap(({ name, place }) => {
        const element = panels[name]
        return isRecord(element) ? [panelOf(recordOf(element['spec']), row, place)] : []
      }),
    ),
    rows: rows
      .filter(({ row }) => row !== '')
      .map(({ json, row }) => ({ title: row, type: 'row', row: '', id: undefined, json })),
    variables: listOf(variables).map(kindAndSpec).map(withoutState),
    links: listOf(links),
    annotations: listOf(annotations)
      .map(kindAndSpec)
      .filter(({ builtIn }) => builtIn !== true),
    head,
  }
}

interface RowItems {
  readonly row: string
  /** The row itself, without its panels. */
  readonly json: Json
  readonly items: readonly { readonly name: string; readonly place: Json }[]
}

/** Panels of a grid without rows stand before the first row. */
const rowsIn = (layout: Json): RowItems[] => {
  const spec = recordOf(layout['spec'])
  if (layout['kind'] !== 'RowsLayout') return [{ row: '', json: {}, items: itemsIn(layout) }]
  return listOf(spec['rows']).map((each) => {
    const { layout: inner, title, ...json } = recordOf(each['spec'])
    return { row: textOf(title), json, items: itemsIn(recordOf(inner)) }
  })
}

const itemsIn = (layout: Json): RowItems['items'] =>
  listOf(recordOf(layout['spec'])['items']).map((item) => {
    const { element, ...place } = recordOf(item['spec'])
    return { name: textOf(recordOf(element)['name']), place }
  })

const panelOf = (spec: Json, row: string, place: Json): PlacedPanel => {
  const { data, id, title, vizConfig, ...rest } = spec
  const { queries, queryOptions, transformations } = recordOf(recordOf(data)['spec'])
  const { group, spec: drawn, version: _version } = recordOf(vizConfig)
  const type = textOf(group)
  const { fieldConfig, options } = recordOf(drawn)
  return {
    title: textOf(title),
    type,
    row,
    id,
    json: {
      ...rest,
      ...recordOf(queryOptions),
      type,
      gridPos: place,
      targets: listOf(queries).map(targetOf),
      transformations,
      options,
      fieldConfig,
    },
  }
}

/** `{ refId, expr, … }`, as the classic schema has it. */
const targetOf = (query: Json): Json => {
  const { query: inner, ...rest } = recordOf(query['spec'])
  const { spec, ...source } = recordOf(inner)
  return { ...rest, ...source, ...recordOf(spec) }
}

const kindAndSpec = ({ kind, spec }: Json): Json => ({ kind, ...recordOf(spec) })

/** What was chosen last is no part of a definition. */
const withoutState = ({ current: _current, options, ...variable }: Json): Json =>
  variable['kind'] === 'CustomVariable' ? { ...variable, options } : variable

const recordOf = (value: unknown): Json => (isRecord(value) ? value : {})

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
