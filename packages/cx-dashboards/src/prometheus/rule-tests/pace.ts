import { type Duration, hours, minutes, shortDuration } from 'cx-definition'
import type { Alert } from '../alert.ts'
import { isRaw, smear } from '../recording-rules.ts'

/**
 * How often a test evaluates, since promtool looks at no group's own interval: each minute what happens in minutes, and each
 * quarter of an hour what takes days.
 */
export interface Pace {
  readonly every: Duration
  /** Where the first flood ends, in minutes. */
  readonly begun: number
}

export const eachMinute: Pace = { every: minutes(1), begun: 5 }
export const eachQuarter: Pace = { every: minutes(15), begun: 15 }

export const spokenPace = ({ every }: Pace): string => shortDuration(every)

/** The last minute at which a window surely sees what ended at a minute. */
export const stillSees = ({ every }: Pace, window: Duration, minute: number): number =>
  onGrid(every, minute + inMinutes(window) - 2, Math.floor)

/** The first at which it surely does not; a sum of five minutes' increases looks back longer by those. */
export const seesNoMore = (pace: Pace, window: Duration, minute: number): number => {
  const { every } = pace
  const back =
    inMinutes(window) + (isRaw(window) || every.seconds > smear.seconds ? 0 : inMinutes(smear))
  return onGrid(every, minute + back + 1, Math.ceil)
}

/** The first minute of which something is surely seen at another. */
export const seenSince = ({ every }: Pace, window: Duration, minute: number): number =>
  onGrid(every, minute - inMinutes(window) + 2, Math.ceil)

const onGrid = ({ seconds }: Duration, minute: number, round: (value: number) => number): number =>
  round(minute / (seconds / 60)) * (seconds / 60)

export const inMinutes = ({ seconds }: Duration): number => seconds / 60

/** How many times an event counts in a recorded sum, evaluated at this pace instead of the rules' own. */
export const countsOf = (pace: Pace, window: Duration, interval: Duration): number =>
  isRaw(window) ? 1 : interval.seconds / Math.min(pace.every.seconds, smear.seconds)

/** Whether something is over within hours, so that it is looked at each minute. */
export const isShort = (window: Duration): boolean => window.seconds <= hours(1).seconds

export const paceOf = (window: Duration): Pace => (isShort(window) ? eachMinute : eachQuarter)

/** Minutes for which an alert goes on after its condition. */
export const keptFor = ({ keepFiringFor }: Alert): number => minutesOf(keepFiringFor)

/** Of a time as rules have it, such as `15m`; none is none. */
export const minutesOf = (time = '0m'): number => {
  const [, count = '0', unit = 'm'] = /^(\d+)([smh])$/.exec(time) ?? []
  return Math.ceil((Number(count) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h']) / 60)
}
