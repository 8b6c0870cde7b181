import {
  attributes,
  type AttributeMatch,
  dimensionAttribute,
  type EventCount,
  type Instrument,
  type OperationFilter,
} from 'cx-definition'

/** What every query carries beside what it counts, such as `env:production` or a dashboard's `$env`. */
export interface MetricScope {
  /** The attribute of the catalog's dimension. */
  readonly dimension: string
  readonly filters: readonly MetricFilter[]
}

/** A condition on tags in Datadog's boolean syntax, which knows AND, OR, NOT and IN. */
export interface MetricFilter {
  readonly text: string
}

/** A dashboard's template variable, which stands for a tag and its chosen values. */
export const variableFilter = (name: string): MetricFilter => ({ text: `$${name}` })

export const tagFilter = (
  attribute: string,
  values: readonly string[],
  dimension = '',
): MetricFilter =>
  among(
    tagKey(attribute, dimension),
    values.map((each) => stored(tagKey(attribute, dimension), each)),
  )

/**
 * How many events a count selects. In a monitor each query is summed over the window before arithmetic
 * (https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations).
 */
export const countQuery = (
  count: EventCount,
  scope: MetricScope,
  by: readonly string[] = [],
): string => {
  const query = `${aggregatorOf(count)}:${selection(count, scope, by)}.as_count()`
  const more = count.plus && ` + ${countQuery(count.plus, scope, by)}`
  const less = count.less && ` - ${countQuery(count.less, scope, by)}`
  return more || less ? `(${query}${more ?? ''}${less ?? ''})` : query
}

/** A share of events stayed below it, such as `p95`, or `avg`. In seconds, since the metric is. */
export const durationQuery = (
  aggregator: 'avg' | 'p50' | 'p75' | 'p95' | 'p99',
  count: EventCount,
  scope: MetricScope,
  by: readonly string[] = [],
): string => `${aggregator}:${selection(count, scope, by)}`

/** The highest of what a gauge's series last said. */
export const latestQuery = (
  instrument: Instrument,
  where: readonly AttributeMatch[],
  scope: MetricScope,
): string => `max:${selection({ instrument, operations: [{}], where }, scope, [])}`

/** Whether Datadog has the metric under the name that the contract gives it: others are named by whoever sends them. */
export const isInContract = ({ labels }: Instrument): boolean => labels === undefined

// A distribution counts what stayed below a threshold by itself: https://docs.datadoghq.com/metrics/distributions
const aggregatorOf = ({ instrument, within }: EventCount): string => {
  if (instrument.kind !== 'histogram') return 'sum'
  return within === undefined ? 'count' : `count(v: v<=${within.seconds})`
}

const selection = (
  count: EventCount,
  { dimension, filters }: MetricScope,
  by: readonly string[],
): string => {
  const keys = by.map((attribute) => tagKey(attribute, dimension))
  const all = [
    ...filters,
    ...operationsFilter(count.operations),
    ...count.where.flatMap((match) => matchFilters(match, dimension)),
  ]
  const where = all.length === 0 ? '*' : all.map(({ text }) => text).join(' AND ')
  return `${count.instrument.name}{${where}}${keys.length === 0 ? '' : ` by {${keys.join(',')}}`}`
}

/** Routes of one method and service stand together, since a query is written several times in a formula. */
const operationsFilter = (operations: readonly OperationFilter[]): MetricFilter[] => {
  const routeKey = tagKey(attributes.route, '')
  const alternatives = new Map<
    string,
    { readonly of: MetricFilter[]; readonly routes: Set<string> }
  >()
  for (const { method, route, service } of operations) {
    const key = JSON.stringify([service, method, route === undefined])
    const known = alternatives.get(key) ?? {
      of: [...tag(attributes.service, service), ...tag(attributes.method, method)],
      routes: new Set(),
    }
    if (route !== undefined) known.routes.add(stored(routeKey, route))
    alternatives.set(key, known)
  }
  const each = [...alternatives.values()].map(({ of, routes }) =>
    routes.size === 0 ? of : [...of, among(routeKey, [...routes])],
  )
  // One that narrows nothing selects all.
  if (each.some((filters) => filters.length === 0)) return []
  const [first = []] = each
  return each.length === 1 ? first : [anyFilter(each.map(allFilters))]
}

const tag = (attribute: string, value: string | undefined): MetricFilter[] => {
  const key = tagKey(attribute, '')
  return value === undefined ? [] : [is(key, stored(key, value))]
}

const matchFilters = (match: AttributeMatch, dimension: string): MetricFilter[] => {
  const key = tagKey(match.attribute, dimension)
  const each = (value: string) => stored(key, value)
  const beginnings = (values: readonly string[]) =>
    anyFilter(values.map((value) => ({ text: `${key}:${stored(key, value)}*` })))
  return [
    ...(match.anyOf ? [among(key, match.anyOf.map(each))] : []),
    ...(match.noneOf ? [{ text: `${key} NOT IN (${match.noneOf.map(each).join(',')})` }] : []),
    ...(match.startsWithAnyOf ? [beginnings(match.startsWithAnyOf)] : []),
    ...(match.startsWithNoneOf ? [{ text: `NOT ${beginnings(match.startsWithNoneOf).text}` }] : []),
  ]
}

const is = (key: string, value: string): MetricFilter => ({ text: `${key}:${value}` })

const among = (key: string, values: readonly string[]): MetricFilter => {
  const [first = ''] = values
  return values.length === 1 ? is(key, first) : { text: `${key} IN (${values.join(',')})` }
}

const allFilters = (filters: readonly MetricFilter[]): MetricFilter => ({
  text: `(${filters.map(({ text }) => text).join(' AND ')})`,
})
const anyFilter = (filters: readonly MetricFilter[]): MetricFilter => ({
  text: `(${filters.map(({ text }) => text).join(' OR ')})`,
})

/** What the Agent calls an attribute: the resource's become Datadog's own tags, others keep their names. */
export const tagKey = (attribute: string, dimension: string): string => {
  if (attribute === dimensionAttribute) return dimension
  return unified[attribute] ?? attribute
}

// https://docs.datadoghq.com/opentelemetry/mapping/semantic_mapping
const unified: Readonly<Record<string, string>> = {
  [attributes.service]: 'service',
  [attributes.environment]: 'env',
}

const longestTag = 200

/** A tag is cut with its key and its colon. */
const stored = (key: string, value: string): string => tagValue(value, longestTag - key.length - 1)

/**
 * What Datadog makes of a tag's value, so that a query asks for what is stored, and nothing that would be syntax is left in it:
 * lower case, letters and digits with `_ - : . /` between them (https://docs.datadoghq.com/getting_started/tagging).
 */
export const tagValue = (value: string, longest = longestTag): string => {
  const allowed = value.toLowerCase().replaceAll(/[^\p{L}\p{N}_\-:./]+/gu, '_')
  return [...allowed.replaceAll(/_{2,}/g, '_')].slice(0, longest).join('').replace(/_+$/, '')
}
