import {
  type Catalog,
  type Duration,
  type Exclusion,
  hours,
  minutes,
  type Objective,
  seconds,
  shortDuration,
} from 'cx-definition'
import { type Counts, rawCounts } from './counts.ts'
import { customerCount, errorRatio, lowerBound } from './error-ratio.ts'
import { exclusionsOf, outside, sumOutside } from './excluded-time.ts'
import {
  averageOverSteps,
  type Expression,
  number,
  orElse,
  over,
  sumOverSteps,
  times,
} from './expression.ts'
import type { Matcher } from './matcher.ts'
import { labels } from './labels.ts'

const smear = minutes(5)
const hour = hours(1)

/**
 * What the recording rules would have kept, counted from the raw series as they do it: five minutes and an hour as they
 * are, longer windows as sums of five minutes' increases. A raw range of three days at every step would read each sample
 * thousands of times.
 * @param evaluated how often the rules are
 */
export const replayedCounts = (
  objective: Objective,
  { dimension, exclusions }: Pick<Catalog, 'dimension' | 'exclusions'>,
  evaluated: Duration,
): Counts => {
  const raw = rawCounts(objective, dimension.name)
  const excluded = exclusionsOf(objective, exclusions)
  const whole = [labels.environment]
  const each = [labels.environment, dimension.name]
  const counting =
    (count: (window: Duration) => Expression, by: readonly string[]) =>
    (window: Duration): Expression => {
      const five = outside(count(smear), excluded, smear)
      const summed = () => summedOver(five, excluded, window, evaluated)
      if (window.seconds === smear.seconds) return five
      if (window.seconds === hour.seconds)
        return excluded.length === 0
          ? count(hour)
          : orElse(outside(count(hour), excluded, hour), summed(), by)
      return by === each ? summedByCustomer(count, excluded, window, evaluated) : summed()
    }
  const [total, bad] = [counting(raw.total, whole), counting(raw.bad, whole)]
  const customer =
    (count: Counts['customerTotal']) =>
    (window: Duration, matcher: Matcher): Expression =>
      counting((of) => count(of, matcher), each)(window)
  const [customerTotal, customerBad] = [customer(raw.customerTotal), customer(raw.customerBad)]
  const customers = (count: Counts['customerTotal']) => (window: Duration) =>
    customerCount((matcher) => count(window, matcher), dimension.name, whole)
  return {
    total,
    bad,
    errorRatio: (window) => errorRatio(bad(window), total(window)),
    lowerBound: (window) => lowerBound(bad(window), total(window)),
    // Not by the hour: where something is excluded every hour, no hour is free of it.
    windowTotal: () => {
      const pace = averageOverSteps(
        total(smear),
        shortDuration(objective.window),
        shortDuration(smear),
      )
      return times(pace, number(objective.window.seconds / smear.seconds))
    },
    customersHit: customers(customerBad),
    customersActive: customers(customerTotal),
    customerTotal,
    customerBad,
  }
}

/** Of every five minutes alone, as the rules do for each customer. */
const summedByCustomer = (
  count: (window: Duration) => Expression,
  excluded: readonly Exclusion[],
  window: Duration,
  evaluated: Duration,
): Expression => {
  // What a step sees of five minutes was recorded up to an evaluation before.
  const seen = seconds(smear.seconds + evaluated.seconds)
  const five = outside(count(smear), excluded, seen)
  return sumOverSteps(five, shortDuration(window), shortDuration(smear))
}

/** Where something was excluded once, the rules look as rarely as `sumOutside` does. */
const summedOver = (
  five: Expression,
  excluded: readonly Exclusion[],
  window: Duration,
  evaluated: Duration,
): Expression =>
  excluded.some(({ every }) => every === undefined)
    ? sumOutside(five, excluded, window, evaluated, smear)
    : over(
        sumOverSteps(five, shortDuration(window), shortDuration(evaluated)),
        number(smear.seconds / evaluated.seconds),
      )
