import {
  budgetRatio,
  type Duration,
  hours,
  minutes,
  type Objective,
  possibleBurnRates,
  shortDuration,
} from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { customerCount, errorRatio, lowerBound } from '../promql/error-ratio.ts'
import { outside, sumOutside } from '../promql/excluded-time.ts'
import {
  atLeastZero,
  type Expression,
  minus,
  number,
  orElse,
  over,
  sum,
  sumOverSteps,
  times,
} from '../promql/expression.ts'
import { eventsIn, labels } from '../promql/queries.ts'
import { objectiveLabel, recorded, seriesOf } from '../promql/slo-series.ts'
import type { ObjectiveRules } from './objective-rules.ts'
import type { RecordingRule } from './rule-group.ts'

/** Every event counts in five minutes' increases, so that sums of them count it so often. */
export const smear = minutes(5)

// Read from the raw counters: summed from five minutes' increases, an hour would see an outage minutes later.
const rawWindows = [smear, hours(1)]

export const recordingRule = (
  { name }: Pick<Objective, 'name'>,
  record: string,
  { text }: Expression,
): RecordingRule => ({ record, expr: text, labels: { [objectiveLabel]: name } })

/** What the fast group records: good and total apart, divided last. */
export const recordingRules = (of: ObjectiveRules): RecordingRule[] => [
  ...rawWindows.flatMap((window) => rawRules(of, window)),
  ...summedWindows(of).flatMap((window) => summedRules(of, window)),
  ...ratioWindows(of.objective).map((window) => ratioRule(of, window)),
  // Dashboards stand beside the pages that these rules make, and must not lag behind them.
  currentBurnRate(of),
  ...boundWindows(of.objective).map((window) => boundRule(of, window)),
  ...(knowsCustomers(of.objective) ? customerWindows(of).flatMap((w) => customerRules(of, w)) : []),
]

const currentBurnRate = ({ objective }: ObjectiveRules): RecordingRule =>
  recordingRule(
    objective,
    recorded.currentBurnRate,
    over(seriesOf(objective, recorded.errorRatio(smear)), number(budgetRatio(objective.target))),
  )

const bySeconds = (windows: readonly Duration[]): Duration[] => [
  ...new Map(
    windows
      .toSorted((a, b) => a.seconds - b.seconds)
      .map((window) => [window.seconds, window] as const),
  ).values(),
]

const breachWindows = ({ breaches }: Objective) => breaches.map(({ lasting }) => lasting)

const ratioWindows = (objective: Objective): Duration[] => {
  const tiers = possibleBurnRates(objective)
  return bySeconds([...rawWindows, ...tiers.flatMap(({ long, short }) => [long, short])])
}

const boundWindows = (objective: Objective): Duration[] =>
  bySeconds([
    ...possibleBurnRates(objective)
      .filter(({ evidence }) => evidence === 'beyond_chance')
      .map(({ long }) => long),
    ...breachWindows(objective),
  ])

/** Whether a window is read from the counters; others sum what was recorded of five minutes. */
export const isRaw = ({ seconds }: Duration): boolean =>
  rawWindows.some((window) => window.seconds === seconds)

const summedWindows = ({ objective }: ObjectiveRules): Duration[] =>
  bySeconds([...ratioWindows(objective), ...breachWindows(objective)]).filter(
    (window) => !isRaw(window),
  )

const customerWindows = ({ objective }: ObjectiveRules): Duration[] =>
  bySeconds(
    possibleBurnRates(objective)
      .filter(({ severity }) => severity === 'page')
      .map(({ long }) => long),
  )

/** By customer first, where there are any, and their sum: the raw series are read once. */
const rawRules = (of: ObjectiveRules, window: Duration): RecordingRule[] => {
  const { dimension, objective } = of
  if (!knowsCustomers(objective)) {
    const by = [labels.environment]
    return countRules(of, window, by, recorded.total(window), recorded.bad(window))
  }
  const by = [labels.environment, dimension]
  const [total, bad] = [recorded.customerTotal(window), recorded.customerBad(window)]
  return [
    ...countRules(of, window, by, total, bad),
    recordingRule(objective, recorded.total(window), sumOfCustomers(objective, total)),
    recordingRule(objective, recorded.bad(window), sumOfCustomers(objective, bad)),
  ]
}

const sumOfCustomers = (objective: Objective, name: string): Expression =>
  sum(seriesOf(objective, name), [labels.environment])

/** Bad is total without good: a status code that was never answered has no series of its own. */
const countRules = (
  of: ObjectiveRules,
  window: Duration,
  by: readonly string[],
  totalName: string,
  badName: string,
): RecordingRule[] => {
  const { dimension, objective } = of
  const count = (event: 'good' | 'total') =>
    eventsIn(objective.indicator[event], { dimension, matchers: [] }, shortDuration(window), by)
  const total = seriesOf(objective, totalName)
  const good = orElse(count('good'), times(number(0), total), by)
  const bad = atLeastZero(minus(total, good, by))
  const [smearedTotal, smearedBad] =
    totalName === recorded.customerTotal(window)
      ? [recorded.customerTotal(smear), recorded.customerBad(smear)]
      : [recorded.total(smear), recorded.bad(smear)]
  return [
    recordingRule(objective, totalName, counted(of, window, by, count('total'), smearedTotal)),
    recordingRule(objective, badName, counted(of, window, by, bad, smearedBad)),
  ]
}

/** While a raw window reaches into an excluded time, what was recorded outside of that stands in. */
const counted = (
  of: ObjectiveRules,
  window: Duration,
  by: readonly string[],
  raw: Expression,
  smeared: string,
): Expression => {
  if (of.exclusions.length === 0) return raw
  const counts = outside(raw, of.exclusions, window)
  return window.seconds === smear.seconds
    ? counts
    : orElse(counts, summedOver(of, smeared, window), by)
}

const summedRules = (of: ObjectiveRules, window: Duration): RecordingRule[] => {
  const { objective } = of
  const summed = (record: string, from: string) =>
    recordingRule(objective, record, summedOver(of, from, window))
  return [
    summed(recorded.total(window), recorded.total(smear)),
    summed(recorded.bad(window), recorded.bad(smear)),
    ...(knowsCustomers(objective) && isCustomerWindow(of, window)
      ? [
          customerSum(of, recorded.customerTotal(window), recorded.customerTotal(smear), window),
          customerSum(of, recorded.customerBad(window), recorded.customerBad(smear), window),
        ]
      : []),
  ]
}

/** Of every five minutes alone, the last of them perhaps not yet: only how many customers were hit is asked of it, and there are many. */
const customerSum = (
  { exclusions, interval, objective }: ObjectiveRules,
  record: string,
  from: string,
  window: Duration,
): RecordingRule => {
  const counts = outside(seriesOf(objective, from), exclusions, {
    seconds: smear.seconds + interval.seconds,
  })
  return recordingRule(
    objective,
    record,
    sumOverSteps(counts, shortDuration(window), shortDuration(smear)),
  )
}

const isCustomerWindow = (of: ObjectiveRules, { seconds }: Duration): boolean =>
  customerWindows(of).some((window) => window.seconds === seconds)

/** Each event is in as many five-minute increases as there are evaluations in five minutes. */
const summedOver = (
  { exclusions, interval, objective }: ObjectiveRules,
  name: string,
  window: Duration,
): Expression => sumOutside(seriesOf(objective, name), exclusions, window, interval, smear)

const ratioRule = ({ objective }: ObjectiveRules, window: Duration): RecordingRule =>
  recordingRule(
    objective,
    recorded.errorRatio(window),
    errorRatio(
      seriesOf(objective, recorded.bad(window)),
      seriesOf(objective, recorded.total(window)),
    ),
  )

const boundRule = ({ objective }: ObjectiveRules, window: Duration): RecordingRule =>
  recordingRule(
    objective,
    recorded.lowerBound(window),
    lowerBound(
      seriesOf(objective, recorded.bad(window)),
      seriesOf(objective, recorded.total(window)),
    ),
  )

const customerRules = (
  { dimension, objective }: ObjectiveRules,
  window: Duration,
): RecordingRule[] => {
  const count = (record: string, events: string) =>
    recordingRule(
      objective,
      record,
      customerCount((matcher) => seriesOf(objective, events, [matcher]), dimension, [
        labels.environment,
      ]),
    )
  return [
    count(recorded.customersHit(window), recorded.customerBad(window)),
    count(recorded.customersActive(window), recorded.customerTotal(window)),
  ]
}
