import {
  type Catalog,
  type Duration,
  type Exclusion,
  hours,
  minutes,
  type Objective,
  shortDuration,
} from 'cx-definition'
import { type Counts, rawCounts } from './counts.ts'
import { customerCount, errorRatio, lowerBound } from './error-ratio.ts'
import { exclusionsOf, outside, sumOutside } from './excluded-time.ts'
import {
  averageOverSteps,
  type Expression,
  type Matcher,
  number,
  orElse,
  over,
  sumOverSteps,
  times,
} from './expression.ts'
import { labels } from './labels.ts'

/** How often the recording rules would have been evaluated. */
const evaluated = minutes(1)
const smear = minutes(5)
const hour = hours(1)

/**
 * What the recording rules would have kept, counted from the raw series as they do it: five minutes and an hour as they
 * are, longer windows as sums of five minutes' increases. A raw range of three days at every step would read each sample
 * thousands of times.
 */
export const replayedCounts = (
  objective: Objective,
  { dimension, exclusions }: Pick<Catalog, 'dimension' | 'exclusions'>,
): Counts => {
  const raw = rawCounts(objective, dimension.name)
  const excluded = exclusionsOf(objective, exclusions)
  const whole = [labels.environment]
  const each = [labels.environment, dimension.name]
  const counting =
    (count: (window: Duration) => Expression, by: readonly string[]) =>
    (window: Duration): Expression => {
      const five = outside(count(smear), excluded, smear)
      const summed = () => summedOver(five, excluded, window)
      if (window.seconds === smear.seconds) return five
      if (window.seconds !== hour.seconds)
        // The rules add up every five minutes alone for each customer.
        return by === each
          ? sumOverSteps(five, shortDuration(window), shortDuration(smear))
          : summed()
      return excluded.length === 0
        ? count(hour)
        : orElse(outside(count(hour), excluded, hour), summed(), by)
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
    windowTotal: () => {
      const pace = averageOverSteps(
        outside(raw.total(hour), excluded, hour),
        shortDuration(objective.window),
        shortDuration(hour),
      )
      return times(pace, number(objective.window.seconds / hour.seconds))
    },
    customersHit: customers(customerBad),
    customersActive: customers(customerTotal),
    customerTotal,
    customerBad,
  }
}

/** Where something was excluded once, the rules look as rarely as `sumOutside` does. */
const summedOver = (
  five: Expression,
  excluded: readonly Exclusion[],
  window: Duration,
): Expression =>
  excluded.some(({ every }) => every === undefined)
    ? sumOutside(five, excluded, window, evaluated, smear)
    : over(
        sumOverSteps(five, shortDuration(window), shortDuration(evaluated)),
        number(smear.seconds / evaluated.seconds),
      )
