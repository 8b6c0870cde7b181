import { budgetRatio, hours, minutes, seconds, shortDuration } from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { errorRatio } from '../promql/error-ratio.ts'
import { calendarStepsOutside, stepsOutside } from '../promql/excluded-time.ts'
import {
  above,
  averageOverTime,
  type Expression,
  minus,
  number,
  over,
  sumOverTime,
  times,
  vector,
} from '../promql/expression.ts'
import { sinceCalendarStart } from '../promql/calendar.ts'
import { labels } from '../promql/labels.ts'
import { recorded, seriesOf } from '../promql/slo-series.ts'
import type { ObjectiveRules } from './objective-rules.ts'
import { recordingRule, smear } from './recording-rules.ts'
import type { RecordingRule } from './rule-group.ts'

/** Shorter than Prometheus' lookback of five minutes, so that a late evaluation leaves no gap. */
export const step = minutes(2)

/** What the slow group records: the budget over the objective's window, from steps that were recorded, never from raw series. */
export const budgetRules = (of: ObjectiveRules): RecordingRule[] => {
  const { objective } = of
  const read = (name: string) => seriesOf(objective, name)
  const rule = (record: string, expression: Expression) =>
    recordingRule(objective, record, expression)
  const budget = number(budgetRatio(objective.target))
  const [total, bad] = [read(recorded.periodTotal), read(recorded.periodBad)]
  const burnRate = over(errorRatio(bad, total), budget)
  return [
    rule(recorded.totalStep, stepOf(of, recorded.total(smear))),
    rule(recorded.badStep, stepOf(of, recorded.bad(smear))),
    ...hourRules(of, recorded.totalStep, recorded.badStep),
    rule(recorded.periodTotal, period(of, recorded.totalStep)),
    rule(recorded.periodBad, period(of, recorded.badStep)),
    rule(recorded.windowTotal, windowTotal(of)),
    rule(recorded.periodBurnRate, burnRate),
    rule(recorded.budgetRemaining, minus(number(1), read(recorded.periodBurnRate))),
    rule(recorded.budgetRemainingEvents, minus(times(budget, total), bad)),
    rule(recorded.secondsToExhaustion, secondsToExhaustion(of)),
    ...(objective.perCustomer && knowsCustomers(objective) ? customerRules(of) : []),
  ]
}

/** What the fast group records of what never changes, so that a dashboard knows it at once. */
export const constantRules = (of: ObjectiveRules): RecordingRule[] => {
  const { objective } = of
  const constant = (record: string, value: number) =>
    recordingRule(objective, record, vector(value))
  return [
    infoRule(of),
    constant(recorded.objective, objective.target.ratio),
    constant(recorded.budget, budgetRatio(objective.target)),
    constant(recorded.windowDays, objective.window.seconds / 86_400),
  ]
}

/** Read by dashboards, for whose it is and where help is. */
const infoRule = ({ help, objective }: ObjectiveRules): RecordingRule => {
  const { expr, labels: own, record } = recordingRule(objective, recorded.info, vector(1))
  const { feature } = objective
  return {
    record,
    expr,
    labels: {
      ...own,
      [labels.feature]: feature.name,
      [labels.owner]: feature.owner.name,
      ...help,
    },
  }
}

/** The mean of the five-minute increases in a step, as a part of five minutes: steps add up to what was counted. */
const stepOf = ({ objective }: ObjectiveRules, name: string): Expression =>
  times(
    averageOverTime(seriesOf(objective, name), shortDuration(step)),
    number(step.seconds / smear.seconds),
  )

const period = (of: ObjectiveRules, name: string): Expression => {
  const { exclusions, objective } = of
  const { window } = objective
  const steps = seriesOf(objective, name)
  const every = shortDuration(step)
  if (window.calendar === undefined)
    return stepsOutside(steps, exclusions, window, every, smearOfSteps)
  const fullHours = seriesOf(objective, recorded.hourOf(name))
  const whole = sinceCalendarStart(steps, fullHours, window.calendar, every)
  return calendarStepsOutside(whole, steps, exclusions, window.calendar, smearOfSteps)
}

/** A step is the mean of increases that were recorded since the step before. */
const smearOfSteps = seconds(smear.seconds + step.seconds)

/** The last hour of each series of steps, for the windows of a calendar. */
const hourRules = ({ objective }: ObjectiveRules, ...names: string[]): RecordingRule[] =>
  objective.window.calendar === undefined
    ? []
    : names.map((name) =>
        recordingRule(
          objective,
          recorded.hourOf(name),
          // Half a step less, since Prometheus 2 counts both ends of a range.
          sumOverTime(
            seriesOf(objective, name),
            shortDuration(seconds(hours(1).seconds - step.seconds / 2)),
          ),
        ),
      )

const windowTotal = ({ objective }: ObjectiveRules): Expression =>
  times(
    averageOverTime(seriesOf(objective, recorded.totalStep), shortDuration(objective.window)),
    number(objective.window.seconds / step.seconds),
  )

/**
 * How long what is left lasts at the last day's burn rate; nothing where nothing is spent or left. By shares, not by events: of a
 * service that is new, the events so far are few against those of a window.
 */
const secondsToExhaustion = ({ objective }: ObjectiveRules): Expression => {
  const lastDay = (name: string) => averageOverTime(seriesOf(objective, name), '1d')
  const burning = over(above(lastDay(recorded.badStep), number(0)), lastDay(recorded.totalStep))
  const atBurnOf1 = number(objective.window.seconds * budgetRatio(objective.target))
  return over(
    times(above(seriesOf(objective, recorded.budgetRemaining), number(0)), atBurnOf1),
    burning,
  )
}

const customerRules = (of: ObjectiveRules): RecordingRule[] => {
  const { objective } = of
  const rule = (record: string, expression: Expression) =>
    recordingRule(objective, record, expression)
  const ratio = errorRatio(
    period(of, recorded.customerBadStep),
    period(of, recorded.customerTotalStep),
  )
  return [
    rule(recorded.customerTotalStep, stepOf(of, recorded.customerTotal(smear))),
    rule(recorded.customerBadStep, stepOf(of, recorded.customerBad(smear))),
    ...hourRules(of, recorded.customerTotalStep, recorded.customerBadStep),
    rule(
      recorded.customerBudgetRemaining,
      minus(number(1), over(ratio, number(budgetRatio(objective.target)))),
    ),
  ]
}
