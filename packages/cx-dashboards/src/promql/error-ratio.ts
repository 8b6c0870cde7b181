import { confidence, placeholders } from 'cx-definition'
import {
  above,
  atLeastZero,
  cubed,
  type Expression,
  isAbove,
  minus,
  number,
  or,
  over,
  squareRoot,
  sum,
  times,
} from './expression.ts'
import { anyOf, type Matcher, noneOf } from './matcher.ts'

/** Bad over total, and nothing, rather than NaN, where nothing happened. */
export const errorRatio = (bad: Expression, total: Expression): Expression =>
  over(bad, above(total, number(0)))

/**
 * The least error ratio that so many failures speak for, by Byar's lower confidence limit (see `leastExpected`):
 * one failure among ten requests is no evidence of 10 %.
 */
export const lowerBound = (bad: Expression, total: Expression): Expression => {
  const shrunk = atLeastZero(
    minus(
      minus(number(1), over(number(1), times(number(9), bad))),
      over(number(confidence), times(number(3), squareRoot(bad))),
    ),
  )
  return over(times(above(bad, number(0)), cubed(shrunk)), total)
}

const severals = Object.values(placeholders)

/** Series of single customers, not those that stand for several or for nobody known. */
export const singleCustomers = (dimension: string): Matcher => noneOf(dimension, severals)

/**
 * How many customers counted at least one event; a label that stands for several counts as two, the least it can be.
 * @param select the events of each customer, narrowed by a matcher
 * @param several labels that are no single customer's and count
 */
export const customerCount = (
  select: (matcher: Matcher) => Expression,
  dimension: string,
  by: readonly string[],
  several: readonly string[] = severals,
): Expression => {
  // A count of one is extrapolated to no less than one; what is smaller is rounding.
  const seen = (matcher: Matcher) => isAbove(select(matcher), number(0.5))
  return sum(
    or(seen(singleCustomers(dimension)), times(number(2), seen(anyOf(dimension, several)))),
    by,
  )
}
