import { hours, type ObjectiveWindow, shortDuration } from 'cx-definition'
import {
  evaluatedAt,
  type Expression,
  hourOf,
  isEqual,
  minus,
  monthOf,
  now,
  number,
  orZero,
  over,
  plus,
  roundedUp,
  scalar,
  sumOverSteps,
  times,
  type Window,
} from './expression.ts'

export type Calendar = NonNullable<ObjectiveWindow['calendar']>

/**
 * The sum of what was recorded since the month or quarter began, in UTC. PromQL has no range of such a length: the longest
 * is read, and what is of the period before counts 0. Hours are read for the whole, since a quarter of two-minute steps
 * is more than a query should load, and steps for the hour that is not over.
 * @param steps events of a step, recorded every step
 * @param fullHours events of an hour, at its end
 */
export const sinceCalendarStart = (
  steps: Expression,
  fullHours: Expression,
  calendar: Calendar,
  step: Window,
): Expression => {
  const today = evaluatedAt(step)
  const of = (events: Expression, part: (moment: Expression) => Expression) =>
    times(events, scalar(isEqual(part(justBefore), part(today))))
  const thisHour = sumOverSteps(of(steps, hourOf), shortDuration(hour), step)
  const before = sumOverSteps(
    of(fullHours, periodOf[calendar]),
    longest[calendar],
    shortDuration(hour),
  )
  return plus(orZero(before, thisHour), thisHour)
}

const hour = hours(1)

const longest = { month: '31d', quarter: '92d' } as const

// What is recorded at midnight tells of the evening.
const justBefore = minus(now, number(1))

const periodOf = {
  month: monthOf,
  quarter: (moment: Expression) => roundedUp(over(monthOf(moment), number(3))),
} as const

/** The parts of a time that lie in different months or quarters, each with the end of its own; all in seconds since 1970. */
export const inCalendarPeriods = (
  from: number,
  to: number,
  calendar: Calendar,
): readonly { readonly from: number; readonly to: number; readonly end: number }[] => {
  const end = nextPeriod(from, calendar)
  if (to <= end) return [{ from, to, end }]
  return [{ from, to: end, end }, ...inCalendarPeriods(end, to, calendar)]
}

const nextPeriod = (from: number, calendar: Calendar): number => {
  const date = new Date(from * 1000)
  const month = date.getUTCMonth()
  const next = calendar === 'month' ? month + 1 : 3 * (Math.floor(month / 3) + 1)
  return Date.UTC(date.getUTCFullYear(), next) / 1000
}
