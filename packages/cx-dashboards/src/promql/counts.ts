import { days, type Duration, type EventCount, type Objective, shortDuration } from 'cx-definition'
import { customerCount, errorRatio, lowerBound } from './error-ratio.ts'
import { atLeastZero, type Expression, minus, number, orZero, times } from './expression.ts'
import type { Matcher } from './matcher.ts'
import { eventsIn, labels, type Scope } from './queries.ts'
import { recorded, seriesOf } from './slo-series.ts'

/** What an alert asks of an objective, in whatever way it is counted. Each carries the environment as its label. */
export interface Counts {
  /** Good and bad events. */
  total(window: Duration): Expression
  bad(window: Duration): Expression
  errorRatio(window: Duration): Expression
  /** Of the error ratio, at 99 %. */
  lowerBound(window: Duration): Expression
  /** Events that the objective's window holds at the pace known so far. */
  windowTotal(): Expression
  customersHit(window: Duration): Expression
  customersActive(window: Duration): Expression
  /** By customer. */
  customerTotal(window: Duration, matcher: Matcher): Expression
  customerBad(window: Duration, matcher: Matcher): Expression
}

/** Read from what the recording rules keep. */
export const recordedCounts = (objective: Objective, matchers: readonly Matcher[] = []): Counts => {
  const read = (name: (window: Duration) => string) => (window: Duration) =>
    seriesOf(objective, name(window), matchers)
  return {
    total: read(recorded.total),
    bad: read(recorded.bad),
    errorRatio: read(recorded.errorRatio),
    lowerBound: read(recorded.lowerBound),
    windowTotal: () => seriesOf(objective, recorded.windowTotal, matchers),
    customersHit: read(recorded.customersHit),
    customersActive: read(recorded.customersActive),
    customerTotal: (window, matcher) =>
      seriesOf(objective, recorded.customerTotal(window), [...matchers, matcher]),
    customerBad: (window, matcher) =>
      seriesOf(objective, recorded.customerBad(window), [...matchers, matcher]),
  }
}

/** Counted from the raw series: for a Prometheus that has no rules of ours yet. */
export const rawCounts = (
  objective: Objective,
  dimension: string,
  matchers: readonly Matcher[] = [],
): Counts => {
  const { good, total } = objective.indicator
  const scope = (more: readonly Matcher[]): Scope => ({
    dimension,
    matchers: [...matchers, ...more],
  })
  const count = (of: EventCount, window: Duration, by: readonly string[], matcher: Matcher[]) =>
    eventsIn(of, scope(matcher), shortDuration(window), by)
  const totalIn = (window: Duration, by: readonly string[], ...matcher: Matcher[]) =>
    count(total, window, by, matcher)
  const badIn = (window: Duration, by: readonly string[], ...matcher: Matcher[]) => {
    const all = totalIn(window, by, ...matcher)
    return atLeastZero(minus(all, orZero(count(good, window, by, matcher), all)))
  }
  const whole = [labels.environment]
  const each = [labels.environment, dimension]
  const totalOf = (window: Duration) => totalIn(window, whole)
  const bad = (window: Duration) => badIn(window, whole)
  return {
    total: totalOf,
    bad,
    errorRatio: (window) => errorRatio(bad(window), totalOf(window)),
    lowerBound: (window) => lowerBound(bad(window), totalOf(window)),
    // A raw range of the whole window would be read at each step; a day tells the pace.
    windowTotal: () => times(totalOf(days(1)), number(objective.window.seconds / days(1).seconds)),
    customersHit: (window) =>
      customerCount((matcher) => badIn(window, each, matcher), dimension, whole),
    customersActive: (window) =>
      customerCount((matcher) => totalIn(window, each, matcher), dimension, whole),
    customerTotal: (window, matcher) => totalIn(window, each, matcher),
    customerBad: (window, matcher) => badIn(window, each, matcher),
  }
}
