import type { DatadogJson } from '../datadog-object.ts'

/** One of a request's queries, by the name that its formulas call it. */
export interface Query {
  readonly name: string
  readonly json: DatadogJson
}

/** Over the range of the dashboard: `sum` for what was counted, `avg` and `percentile` for times. */
export const metric = (
  name: string,
  query: string,
  aggregator: 'avg' | 'percentile' | 'sum' = 'sum',
): Query => ({ name, json: { data_source: 'metrics', name, query, aggregator } })

export interface Compute {
  readonly aggregation: 'cardinality' | 'count' | 'pc75'
  readonly metric?: string
}

export const distinctSessions: Compute = { aggregation: 'cardinality', metric: '@session.id' }

/** Events of RUM that a search finds, grouped by facets, the most first. */
export const rumEvents = (
  name: string,
  search: string,
  compute: Compute,
  by: readonly string[] = [],
): Query => ({
  name,
  json: {
    data_source: 'rum',
    name,
    indexes: ['*'],
    search: { query: search },
    compute,
    group_by: by.map((facet) => ({ facet, limit: 50, sort: { order: 'desc', ...compute } })),
  },
})

/** What is shown of a request, such as `failed / all`. */
export interface Formula {
  readonly formula: string
  readonly alias: string
  /** Of the shown number. */
  readonly unit?: 'percent' | 'second' | 'nanosecond'
  /** Bad from the first value on, and between the two a warning; for what should be low. */
  readonly worse?: readonly [warn: number, bad: number]
  /** Sorts the table or list by it, the most first. */
  readonly sorts?: boolean
}

export const formulaJson = ({ alias, formula, unit, worse }: Formula): DatadogJson => ({
  alias,
  formula,
  ...(unit && { number_format: { unit: { type: 'canonical_unit', unit_name: unit } } }),
  ...(worse && { conditional_formats: formats(worse) }),
})

export const formats = ([warn, bad]: readonly [number, number]): readonly DatadogJson[] => [
  { comparator: '>=', value: bad, palette: 'white_on_red' },
  { comparator: '>=', value: warn, palette: 'white_on_yellow' },
  { comparator: '<', value: warn, palette: 'white_on_green' },
]
