import {
  budgetRatio,
  buildInfo,
  days,
  type Duration,
  hours,
  minutes,
  type Objective,
  type OperationFilter,
  possibleBurnRates,
  type Severity,
  spokenWindow,
} from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { type Counts, recordedCounts } from '../promql/counts.ts'
import {
  above,
  atLeast,
  clock,
  minus,
  over,
  minimumBy,
  number,
  series,
  firstSince,
  highest,
} from '../promql/expression.ts'
import { anyOf } from '../promql/matcher.ts'
import { labels } from '../promql/queries.ts'
import { recorded, seriesOf } from '../promql/slo-series.ts'
import { equalsLabel, onFirst, queried, type Template, template } from './template.ts'

const here = () => equalsLabel(labels.environment)

/** What customers see: the share that went well, now and in the last hour, and how many events and customers that is. */
export const affected = (objective: Objective): Template => {
  const counts = recordedCounts(objective, [here()])
  const [short, long] = [minutes(5), hours(1)]
  const customers = knowsCustomers(objective)
    ? template`, of at least ${queried(counts.customersHit(long), 'count', 'an unknown number')} of ${queried(counts.customersActive(long), 'count', 'an unknown number')} customers`
    : template``
  return template`${capitalized(objective.indicator.description)}: ${good(counts, short)} in the last five minutes, ${good(counts, long)} in the last hour (${queried(counts.bad(long), 'count')} of ${queried(counts.total(long), 'count')} were not${customers}).`
}

const good = (counts: Counts, window: Duration): Template =>
  queried(minus(number(1), counts.errorRatio(window)), 'percentage')

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The first moment of the last six hours that burnt as fast. */
export const failingSince = (objective: Objective, severity: Severity): Template => {
  const tier = possibleBurnRates(objective).find((each) => each.severity === severity)
  if (tier === undefined) return template``
  const line = number(Number((tier.factor * budgetRatio(objective.target)).toPrecision(10)))
  const ratio = recordedCounts(objective, [here()]).errorRatio(minutes(5))
  return template`It began ${queried(firstSince(above(ratio, line)), 'moment', 'less than a minute ago')}.`
}

/** How much is left, in percent and events, and how long that lasts at the last hour's pace. */
export const budgetLeft = (objective: Objective): Template => {
  const read = (name: string) => seriesOf(objective, name, [here()])
  const events = above(read(recorded.budgetRemainingEvents), number(0))
  const lastHour = above(recordedCounts(objective, [here()]).bad(hours(1)), number(0))
  const lasts = onFirst(
    over(events, over(lastHour, number(3600))),
    { source: ', which lasts {{ . | first | value | humanizeDuration }} at the last hour’s pace' },
    template``,
  )
  // A part of an event is none; a Prometheus that is young has seen few.
  const whole = atLeast(events, number(1))
  const more = onFirst(
    whole,
    template`: ${queried(whole, 'count')} more may fail, by the events so far${lasts}`,
    template``,
  )
  const left = template`${queried(read(recorded.budgetRemaining), 'percentage')} is left${more}`
  return template`Of the error budget of ${spokenWindow(objective.window)}, ${onFirst(events, left, template`nothing is left`)}.`
}

/** The version that was seen last, and since when; versions that are there for longer than a day are no news. */
export const lastDeployment = ({ indicator }: Objective): Template => {
  const services = [...new Set(indicator.total.operations.flatMap(serviceOf))]
  if (services.length === 0) return template``
  const build = series(buildInfo.name, [anyOf(labels.service, services), here()])
  const firstSeen = minimumBy(firstSince(build, '1d'), ['version', 'commit'])
  const newest = highest(above(firstSeen, minus(clock, number(days(1).seconds - 300))))
  const found = {
    source:
      'The last deployment is version {{ (. | first).Labels.version }} ({{ (. | first).Labels.commit }}), first seen {{ . | first | value | humanizeTimestamp }}. ',
  }
  return onFirst(newest, found, template``)
}

const serviceOf = ({ service }: OperationFilter): string[] =>
  service === undefined ? [] : [service]

export const ownerLine = ({ feature }: Objective): Template =>
  template`Owner: ${feature.owner.title}; feature: ${feature.title}.`
