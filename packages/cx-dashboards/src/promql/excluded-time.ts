import {
  type Duration,
  type Exclusion,
  type Objective,
  seconds,
  shortDuration,
} from 'cx-definition'
import { type Calendar, inCalendarPeriods } from './calendar.ts'
import {
  and,
  atLeast,
  atLeastZero,
  below,
  type Expression,
  minus,
  modulo,
  now,
  number,
  or,
  orZero,
  over,
  sumOverSteps,
  sumOverTime,
  unless,
  type Window,
} from './expression.ts'

/** The times that do not count for an objective. */
export const exclusionsOf = (
  objective: Objective,
  all: readonly Exclusion[],
): readonly Exclusion[] =>
  all.filter(({ objectives }) => objectives === undefined || objectives.includes(objective))

/** Leaves out what a window of raw counters would bring in: from an exclusion's begin until the window has left it. */
export const outside = (
  of: Expression,
  exclusions: readonly Exclusion[],
  window: Duration,
): Expression =>
  exclusions.length === 0
    ? of
    : unless(of, exclusions.map((each) => isWithin(each, window)).reduce(or), [])

const isWithin = ({ every, from, to }: Exclusion, after: Duration): Expression => {
  const end = to + after.seconds
  const begun = atLeast(now, number(from))
  if (!every) return below(begun, number(end))
  // One that comes again before a window has left it is within all the time.
  const sinceLast = modulo(minus(now, number(from)), number(every.seconds))
  return and(begun, below(sinceLast, number(end - from)))
}

/** What recurs is declared before it comes, so that nothing of it was recorded; what happened once may be declared later. */
const declaredOnce = (exclusions: readonly Exclusion[]): readonly Exclusion[] =>
  exclusions.filter(({ every }) => every === undefined)

/**
 * The events of a window, from increases that were recorded at each evaluation, without an exclusion that was declared later.
 * @param of increases over `smear`, in which each event is counted so long
 */
export const sumOutside = (
  of: Expression,
  exclusions: readonly Exclusion[],
  window: Duration,
  interval: Duration,
  smear: Duration,
): Expression => {
  const once = declaredOnce(exclusions)
  if (once.length === 0) {
    const perEvent = smear.seconds / interval.seconds
    return over(sumOverTime(of, shortDuration(window)), number(perEvent))
  }
  // As coarse as may be, since a subquery costs by its steps.
  const sampled = Math.max(
    interval.seconds,
    Math.min(smear.seconds, window.seconds / subquerySteps),
  )
  const counted = sumOverSteps(
    // What a step sees was recorded up to an evaluation before.
    outside(of, once, seconds(smear.seconds + interval.seconds)),
    shortDuration(window),
    shortDuration(seconds(sampled)),
  )
  return over(counted, number(smear.seconds / sampled))
}

const subquerySteps = 120

/**
 * The sum of recorded steps over a window that rolls, without an exclusion that was declared later.
 * @param steps events of a step, recorded every step
 * @param smear how long after an event the steps still count it
 */
export const stepsOutside = (
  steps: Expression,
  exclusions: readonly Exclusion[],
  window: Duration,
  step: Window,
  smear: Duration,
): Expression =>
  withoutSpans(sumOverTime(steps, shortDuration(window)), spansOf(exclusions, smear), (span) => {
    const { from, to } = span
    const lasting = shortDuration(seconds(to - from))
    const all = sumOverTime(steps, lasting, to)
    // What began to leave the window is not to be taken from it twice.
    const left = and(steps, atLeast(now, number(from)), [])
    const gone = sumOverSteps(left, lasting, step, shortDuration(window))
    return during(minus(all, orZero(gone, all)), from, to + window.seconds)
  })

/** The same for a calendar's window, which drops all at once. */
export const calendarStepsOutside = (
  whole: Expression,
  steps: Expression,
  exclusions: readonly Exclusion[],
  calendar: Calendar,
  smear: Duration,
): Expression => {
  const spans = spansOf(exclusions, smear).flatMap(({ from, to }) =>
    inCalendarPeriods(from, to, calendar),
  )
  return withoutSpans(whole, spans, (span) => {
    const { end, from, to } = span
    const all = sumOverTime(steps, shortDuration(seconds(to - from)), to)
    return during(all, from, end)
  })
}

interface Span {
  readonly from: number
  readonly to: number
}

/** Those that were declared once, merged where they meet: nothing is to be taken out twice. */
const spansOf = (exclusions: readonly Exclusion[], smear: Duration): readonly Span[] =>
  declaredOnce(exclusions)
    .map(({ from, to }) => ({ from, to: to + smear.seconds }))
    .toSorted((a, b) => a.from - b.from)
    .reduce<readonly Span[]>((merged, span) => {
      const last = merged.at(-1)
      return last && span.from <= last.to
        ? [...merged.slice(0, -1), { from: last.from, to: Math.max(last.to, span.to) }]
        : [...merged, span]
    }, [])

const withoutSpans = <Kind extends Span>(
  whole: Expression,
  spans: readonly Kind[],
  counted: (span: Kind) => Expression,
): Expression =>
  spans.length === 0
    ? whole
    : atLeastZero(spans.reduce((sum, span) => minus(sum, orZero(counted(span), whole)), whole))

const during = (of: Expression, from: number, to: number): Expression =>
  and(of, below(atLeast(now, number(from)), number(to)), [])
