import { budgetRatio, type BurnRate, hours, minutes, type Objective } from 'cx-definition'
import { recordedCounts } from './counts.ts'
import { errorRatio, singleCustomers } from './error-ratio.ts'
import {
  above,
  and,
  type Expression,
  maximumBy,
  minus,
  number,
  or,
  orZero,
  over,
  plus,
  roundedDown,
  series,
  times,
} from './expression.ts'
import { anyOf, type Matcher, noneOf } from './matcher.ts'
import { firing } from './annotation-queries.ts'
import { labels } from './labels.ts'
import { helpLabels, objectiveLabel, recorded, seriesOf } from './slo-series.ts'

/** What an objective stands at, by what its recording rules keep; a single series each, in one environment. */
export const standing = (objective: Objective, matchers: readonly Matcher[]) => {
  const read = (name: string) => seriesOf(objective, name, matchers)
  const [total, bad] = [read(recorded.periodTotal), read(recorded.periodBad)]
  const budgetLeft = read(recorded.budgetRemaining)
  return {
    /** Good over total, in the objective's window. */
    good: minus(number(1), errorRatio(bad, total)),
    /** A part of the whole budget; below 0 the promise is broken. */
    budgetLeft,
    /** Bad events that the budget still allows. Whole ones, since a part of one would be shown as -0 below none. */
    eventsLeft: roundedDown(read(recorded.budgetRemainingEvents)),
    /** Seconds until nothing is left: 0 where nothing is, `never` where nothing is spent. */
    lasts: lasting(read(recorded.secondsToExhaustion), budgetLeft),
    burnRate: read(recorded.currentBurnRate),
    /** Good over total, in the last five minutes. */
    goodNow: minus(number(1), read(recorded.errorRatio(minutes(5)))),
    totalNow: read(recorded.total(minutes(5))),
    badNow: read(recorded.bad(minutes(5))),
  }
}

/** More seconds than any budget lasts: PromQL's infinity would not fit into Grafana's JSON. */
export const never = 1e12

const lasting = (seconds: Expression, left: Expression): Expression =>
  or(
    or(seconds, plus(times(number(0), above(left, number(0))), number(never))),
    times(number(0), left),
  )

/** The burn rate that a tier compares with its factor: of its long window by its evidence, of its short one as it was. */
export const tierBurnRates = (
  objective: Objective,
  { evidence, long, short }: BurnRate,
  matchers: readonly Matcher[],
) => {
  const counts = recordedCounts(objective, matchers)
  const budget = number(budgetRatio(objective.target))
  const allowed = times(
    counts.windowTotal(),
    number(
      Number(
        ((budgetRatio(objective.target) * long.seconds) / objective.window.seconds).toPrecision(10),
      ),
    ),
  )
  return {
    long:
      evidence === 'budget_spent'
        ? over(counts.bad(long), allowed)
        : over(orZero(counts.lowerBound(long), counts.total(long)), budget),
    short: over(counts.errorRatio(short), budget),
  }
}

/** The same of several objectives, told apart by the label `objective`; of all where none are named. */
export const standings = (objectives: readonly Objective[], matchers: readonly Matcher[]) => {
  const chosen = objectives.length === 0 ? [] : [anyOf(objectiveLabel, names(objectives))]
  // Errors in browsers and silent services are no objective's, and would be a row without a name.
  const ofObjectives =
    objectives.length === 0 ? [...matchers, noneOf(objectiveLabel, [''])] : matchers
  const read = (name: string, more = matchers) => series(name, [...chosen, ...more])
  const each = (of: Expression) => maximumBy(of, [objectiveLabel])
  // Targets are the same everywhere, and carry no environment.
  const target = (name: string) => each(read(name, []))
  const [total, bad] = [read(recorded.periodTotal), read(recorded.periodBad)]
  const budgetLeft = each(read(recorded.budgetRemaining))
  return {
    /** 1 each; its labels tell whose it is, and where help is. */
    info: maximumBy(read(recorded.info, []), [
      objectiveLabel,
      labels.feature,
      labels.owner,
      ...helpLabels,
    ]),
    /** What fires now: 2 for a page, 1 for a ticket, 0 for nothing. */
    alert: maximumBy(
      or(
        or(
          times(number(2), firing('page', objectives, ofObjectives)),
          firing('ticket', objectives, ofObjectives),
        ),
        times(number(0), read(recorded.info, [])),
      ),
      [objectiveLabel],
    ),
    target: target(recorded.objective),
    good: each(minus(number(1), errorRatio(bad, total))),
    budgetLeft,
    eventsLeft: roundedDown(each(read(recorded.budgetRemainingEvents))),
    lasts: lasting(each(read(recorded.secondsToExhaustion)), budgetLeft),
    burnRate: each(read(recorded.currentBurnRate)),
    burnRateHour: over(each(read(recorded.errorRatio(hours(1)))), target(recorded.budget)),
  }
}

const names = (objectives: readonly Objective[]) => objectives.map(({ name }) => name)

/** What one customer met of several objectives in the last hour, told apart by the label `objective`. */
export const customerStandings = (
  objectives: readonly Objective[],
  matchers: readonly Matcher[],
) => {
  const chosen = anyOf(objectiveLabel, names(objectives))
  const each = (name: string) => maximumBy(series(name, [chosen, ...matchers]), [objectiveLabel])
  const [total, bad] = [
    each(recorded.customerTotal(hours(1))),
    each(recorded.customerBad(hours(1))),
  ]
  const ratio = errorRatio(bad, total)
  const budgets = maximumBy(series(recorded.budget, [chosen]), [objectiveLabel])
  return { total, bad, good: minus(number(1), ratio), burnRate: over(ratio, budgets) }
}

/** Who met bad events of an objective in the last hour, and how many there were of them. */
export const customersHit = (
  objective: Objective,
  dimension: string,
  matchers: readonly Matcher[],
) => {
  const read = (name: string) =>
    maximumBy(seriesOf(objective, name, [singleCustomers(dimension), ...matchers]), [dimension])
  const [total, bad] = [
    read(recorded.customerTotal(hours(1))),
    read(recorded.customerBad(hours(1))),
  ]
  // A count of one is extrapolated to no less than one.
  const hit = above(bad, number(0.5))
  const ratio = over(hit, total)
  return {
    total: and(total, hit),
    bad: hit,
    good: minus(number(1), ratio),
    burnRate: over(ratio, number(budgetRatio(objective.target))),
  }
}
