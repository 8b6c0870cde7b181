import {
  attributes,
  dimensionAttribute,
  type EventCount,
  type Indicator,
  type Instrument,
  type OperationFilter,
  requestDuration,
  requests,
} from 'cx-definition'
import {
  anyOf,
  equals,
  type Expression,
  histogramQuantile,
  increase,
  type Matcher,
  noneOf,
  or,
  orZero,
  over,
  rate,
  series,
  sum,
  type Window,
} from './expression.ts'

/** What every selector of a query carries beside its operations: the environment, perhaps a customer. */
export interface Scope {
  /** The label of the catalog's dimension. */
  readonly dimension: string
  readonly matchers: readonly Matcher[]
}

/** How an attribute is called in Prometheus, whichever transport brought it. */
export const labelName = (attribute: string, dimension: string): string =>
  (attribute === dimensionAttribute ? dimension : attribute).replaceAll(/[^a-zA-Z0-9_]/g, '_')

export const labels = {
  method: labelName(attributes.method, ''),
  route: labelName(attributes.route, ''),
  outcome: labelName(attributes.outcome, ''),
  service: labelName(attributes.service, ''),
  environment: labelName(attributes.environment, ''),
  app: attributes.app,
  step: attributes.step,
  owner: attributes.owner,
  feature: attributes.feature,
  source: attributes.source,
  page: attributes.page,
} as const

/** Events in a window that ends now, or some time ago, extrapolated as `increase()` does. */
export const eventsIn = (
  count: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
  ago?: Window,
) =>
  sum(
    eachOperation(count, scope, (selected) => increase(selected, window, ago)),
    by,
  )

/** Events a second. */
export const eventRate = (
  count: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
) =>
  sum(
    eachOperation(count, scope, (selected) => rate(selected, window)),
    by,
  )

/** Good over total as a ratio; NaN, which panels show as "no traffic", where nothing happened. */
export const goodRatio = (
  { good, total }: Indicator,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
): Expression => {
  const all = eventRate(total, scope, window, by)
  return over(orZero(eventRate(good, scope, window, by), all), all)
}

/** Events of a total that are not good, 0 where there were none of them. */
export const badEventsIn = (
  bad: EventCount,
  total: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
): Expression => orZero(eventsIn(bad, scope, window, by), eventsIn(total, scope, window, by))

/** Mean seconds a request took. */
export const averageDuration = (
  count: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
) =>
  over(
    sum(
      eachOperation(count, scope, (selected) => rate(selected, window), '_sum'),
      by,
    ),
    sum(
      eachOperation(count, scope, (selected) => rate(selected, window), '_count'),
      by,
    ),
  )

/** Seconds that a share of requests stayed below, as exact as the buckets are fine. */
export const quantileDuration = (
  quantile: number,
  count: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
) =>
  histogramQuantile(
    quantile,
    sum(
      eachOperation(count, scope, (selected) => rate(selected, window), '_bucket'),
      ['le', ...by],
    ),
  )

/** Grafana's own function for a variable's choices, not PromQL. */
export const labelValues = (label: string, matchers: readonly Matcher[] = []): string =>
  `label_values(${series(requests.name, matchers).text}, ${label})`

export const successes = (operations: readonly OperationFilter[]): EventCount => ({
  instrument: requestDuration,
  operations,
  where: [{ attribute: attributes.outcome, anyOf: ['success'] }],
})

/** Operations are alternatives: label sets of several never overlap, so `or` unites them. */
const eachOperation = (
  count: EventCount,
  scope: Scope,
  perSeries: (selected: Expression) => Expression,
  suffix = suffixOf(count),
): Expression =>
  count.operations
    .map((operation) => {
      const matchers = [
        ...operationMatchers(operation),
        ...count.where.flatMap((match) => attributeMatchers(match, scope.dimension)),
        ...thresholdMatchers(count),
        ...scope.matchers,
      ]
      return perSeries(series(count.instrument.name + suffix, matchers))
    })
    .reduce(or)

const suffixOf = ({
  instrument,
  within,
}: {
  readonly instrument: Instrument
  readonly within?: unknown
}) => {
  if (instrument.kind !== 'histogram') return ''
  return within === undefined ? '_count' : '_bucket'
}

const operationMatchers = ({ method, route, service }: OperationFilter): Matcher[] => [
  ...(service === undefined ? [] : [equals(labels.service, service)]),
  ...(method === undefined ? [] : [equals(labels.method, method)]),
  ...(route === undefined ? [] : [equals(labels.route, route)]),
]

const attributeMatchers = (
  { anyOf: some, attribute, noneOf: none }: EventCount['where'][number],
  dimension: string,
): Matcher[] => {
  const label = labelName(attribute, dimension)
  return [...(some ? [anyOf(label, some)] : []), ...(none ? [noneOf(label, none)] : [])]
}

/** Prometheus 2 stores the bound 1 as `1`, Prometheus 3 as `1.0`. */
const thresholdMatchers = ({ within }: EventCount): Matcher[] => {
  if (within === undefined) return []
  const bound = String(within.seconds)
  return [anyOf('le', bound.includes('.') ? [bound] : [bound, `${bound}.0`])]
}
