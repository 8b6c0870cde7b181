import { budgetRatio, type Objective, possibleBurnRates } from 'cx-definition'
import { knowsCustomers, outageLine } from '../../promql/alert-conditions.ts'
import type { Alert } from '../alert.ts'
import {
  customers,
  each,
  type Check,
  events,
  fires,
  flood,
  idle,
  isQuiet,
  type Lane,
  many,
  traffic,
} from './lane.ts'
import { eachQuarter, inMinutes, keptFor, seesNoMore } from './pace.ts'

/** How many minutes the longest story takes: three days and their nights. */
export const threeDays = 3 * 24 * 60 + 60

/** Nothing is told of a service that nobody asks, or that spends half of its budget, in days or at night. */
export const quietLanes = (objective: Objective, minutes: number): Lane[] => {
  const healthy = budgetRatio(objective.target) / 2
  const day = [traffic(720, healthy), idle(720)]
  const often = Array.from({ length: 6 }, (_, index) => Math.round((minutes * (index + 1)) / 6))
  const checks = often.map((minute) => isQuiet(minute - (minute % 15)))
  const phases = minutes > 720 ? [...day, ...day, ...day] : [traffic(minutes, healthy)]
  return [
    { name: 'half of the budget is spent', flows: each(customers, phases), checks },
    { name: 'idle', flows: each(customers, [idle(minutes)]), checks },
  ]
}

/** All fails, and then so much goes well that nothing is left of it: each alert fires, and is kept as long as it says. */
export const keptLane = (alerts: readonly Alert[]): Lane => {
  const [from, end] = [10, 40]
  return {
    name: 'an outage, over at once',
    flows: each(customers, [idle(from), events(end - from, 0, many), flood(1)]),
    checks: alerts.flatMap((alert): Check[] => [
      fires(end, alert, whoOf(alert)),
      fires(end + keptFor(alert), alert, whoOf(alert)),
      isQuiet(end + keptFor(alert) + 1, alert),
    ]),
  }
}

/** An outage of whatever has never answered otherwise: what went well has no series then. */
export const neverWellLane = (alerts: readonly Alert[]): Lane => {
  const [from, end] = [10, 40]
  const failing = each(customers, [idle(from), events(end - from, 0, many)])
  return {
    name: 'nothing ever went well',
    flows: failing.map((flow) => ({ ...flow, isOnlyBad: true })),
    checks: alerts.map((alert) => fires(end, alert, whoOf(alert))),
  }
}

const whoOf = ({ kind }: Alert): readonly string[] => (kind === 'customer' ? customers : [])

/** An hour of outage in a day of health, as it is in life; or a quarter of the day, where an hour is hardly enough. */
export const dayLane = (objective: Objective, alerts: readonly Alert[]): Lane => {
  const healthy = budgetRatio(objective.target) / 2
  const begin = 600
  const end = begin + (isSlow(objective) ? 360 : 60)
  const shorts = possibleBurnRates(objective).map(({ short }) => inMinutes(short))
  const longest = { seconds: 60 * Math.max(60, ...shorts) }
  return {
    name: 'an outage in a day',
    flows: each(customers, [
      traffic(begin, healthy),
      traffic(end - begin, 1),
      traffic(900, healthy),
    ]),
    checks: alerts.flatMap((alert): Check[] => {
      const over = seesNoMore(eachQuarter, longest, end) + 15 * Math.ceil(keptFor(alert) / 15)
      return [isQuiet(begin, alert), fires(end - 15, alert, whoOf(alert)), isQuiet(over, alert)]
    }),
  }
}

/** Whether three quarters of an hour are too short for one of its alerts. */
const isSlow = (objective: Objective): boolean => {
  const pages = possibleBurnRates(objective).filter(({ severity }) => severity === 'page')
  const [fastest] = pages
  const line = fastest
    ? (fastest.factor * budgetRatio(objective.target) * fastest.long.seconds) / 3600
    : 0
  return Math.max(line, knowsCustomers(objective) ? outageLine(objective) : 0) > 0.74
}
