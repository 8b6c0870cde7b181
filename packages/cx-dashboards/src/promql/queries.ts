import {
  attributes,
  type EventCount,
  type Indicator,
  type OperationFilter,
  requestDuration,
  requests,
} from 'cx-definition'
import {
  atLeastZero,
  type Expression,
  histogramQuantile,
  increase,
  minus,
  orZero,
  over,
  plus,
  rate,
  series,
  type Window,
} from './expression.ts'
import type { Matcher } from './matcher.ts'
import { type Scope, sumOfSelected } from './selection.ts'

export { labelName, labels } from './labels.ts'
export type { Scope } from './selection.ts'

/** Events in a window that ends now, or some time ago, extrapolated as `increase()` does. */
export const eventsIn = (
  count: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
  ago?: Window,
): Expression => sumOfParts(count, scope, by, (selected) => increase(selected, window, ago))

/** Events a second. */
export const eventRate = (
  count: EventCount,
  scope: Scope,
  window: Window,
  by: readonly string[] = [],
): Expression => sumOfParts(count, scope, by, (selected) => rate(selected, window))

const sumOfParts = (
  { less, plus: more, ...count }: EventCount,
  scope: Scope,
  by: readonly string[],
  perSeries: (selected: Expression) => Expression,
): Expression => {
  const own = sumOfSelected(count, scope, by, perSeries)
  if (less) {
    return atLeastZero(minus(own, orZero(sumOfParts(less, scope, by, perSeries), own)))
  }
  if (!more) return own
  const others = sumOfParts(more, scope, by, perSeries)
  // Either may have no series yet.
  return plus(orZero(own, others), orZero(others, own))
}

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
    sumOfSelected(count, scope, by, (selected) => rate(selected, window), '_sum'),
    sumOfSelected(count, scope, by, (selected) => rate(selected, window), '_count'),
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
    sumOfSelected(count, scope, ['le', ...by], (selected) => rate(selected, window), '_bucket'),
  )

/** Grafana's own function for a variable's choices, not PromQL. */
export const labelValues = (label: string, matchers: readonly Matcher[] = []): string =>
  `label_values(${series(requests.name, matchers).text}, ${label})`

export const successes = (operations: readonly OperationFilter[]): EventCount => ({
  instrument: requestDuration,
  operations,
  where: [{ attribute: attributes.outcome, anyOf: ['success'] }],
})
