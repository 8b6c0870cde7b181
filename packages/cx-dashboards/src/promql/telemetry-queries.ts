import {
  attributes,
  beaconRejected,
  buildInfo,
  customersTracked,
  placeholders,
  requests,
} from 'cx-definition'
import {
  atLeastZero,
  clock,
  countBy,
  type Expression,
  increase,
  maximumBy,
  maximumOverSteps,
  minus,
  number,
  orZero,
  over,
  rate,
  series,
  sum,
  timeOf,
  times,
} from './expression.ts'
import { equals, type Matcher, startsWithAnyOf } from './matcher.ts'
import { labels } from './labels.ts'
import { recorded } from './slo-series.ts'

/** How the telemetry itself fares, by service unless said otherwise. */
export const telemetry = (dimension: string, matchers: readonly Matcher[]) => {
  const by = [labels.service]
  const builds = series(buildInfo.name, matchers)
  const instances = countBy(builds, by)
  const answered = (more: readonly Matcher[]): Expression =>
    sum(increase(series(requests.name, [...more, ...matchers]), '$__range'), by)
  return {
    instances,
    /** Those that were there within the last hour and are not now. */
    lost: atLeastZero(minus(maximumOverSteps(instances, '1h', '1m'), instances)),
    /** Seconds since the newest sample. */
    age: minus(clock, maximumBy(timeOf(builds), by)),
    /** How many have a label of their own. */
    customers: maximumBy(series(customersTracked.name, matchers), by),
    /** The share of requests whose customer has none. */
    others: over(
      orZero(answered([equals(dimension, placeholders.rest)]), answered([])),
      answered([]),
    ),
    series: countBy(series('', [startsWithAnyOf('__name__', ['cx_']), ...matchers]), by),
    /** What the beacon refused a minute, by the reason. */
    refusedRate: times(
      sum(rate(series(beaconRejected.name, matchers), '$__rate_interval'), [attributes.reason]),
      number(60),
    ),
    /** Seconds since the rules of each objective were evaluated. */
    ruleAge: minus(clock, maximumBy(timeOf(series(recorded.totalStep, matchers)), ['objective'])),
  }
}
