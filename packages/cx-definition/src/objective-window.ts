import type { Problem } from './definition-error.ts'
import { days, type Duration, spokenDuration } from './duration.ts'

/** What an error budget is for: the last so many days, or a calendar month or quarter in UTC. */
export interface ObjectiveWindow extends Duration {
  /** Where it is a calendar's; `seconds` is then the longest it gets. */
  readonly calendar?: 'month' | 'quarter'
}

/** From the first of the month, 00:00 UTC. */
export const calendarMonth: ObjectiveWindow = { ...days(31), calendar: 'month' }
/** From the first of January, April, July or October, 00:00 UTC. */
export const calendarQuarter: ObjectiveWindow = { ...days(92), calendar: 'quarter' }

const rolling = [7, 28, 30, 90].map((count) => days(count).seconds)

/** Each length has burn rates that were thought through; another would get some that nobody looked at. */
export const windowProblems = (path: string, window: ObjectiveWindow): Problem[] =>
  window.calendar !== undefined || rolling.includes(window.seconds)
    ? []
    : [
        {
          code: 'CX_ERR_WINDOW',
          path,
          message: `a window of ${spokenDuration(window)} has no burn rates`,
          remedy: 'Use days(7), days(28), days(30), days(90), calendarMonth or calendarQuarter',
        },
      ]

/** In words: `30 days`, `the calendar month`. */
export const spokenWindow = (window: ObjectiveWindow): string =>
  window.calendar === undefined ? spokenDuration(window) : `the calendar ${window.calendar}`
