import {
  budgetRatio,
  days,
  type Objective,
  percent,
  possibleBurnRates,
  spokenPercent,
  spokenWindow,
} from 'cx-definition'
import { failuresAbove, failuresToFire } from '../prometheus/time-to-fire.ts'
import type { Finding } from './finding.ts'
import { budgetEvents, eventsInWindow } from './declared-budget.ts'
import { counted, spokenNumber, spokenShare } from './spoken-number.ts'

// Ten failures are the least that a budget should hold: with fewer, each is an incident.
const fewestFailures = 10

/** Where a single failure eats a tenth of the budget or more, at the declared traffic; or where none is declared. */
export const budgetFindings = (path: string, objective: Objective): Finding[] => {
  const { name, traffic } = objective
  const budget = budgetEvents(objective)
  if (!traffic || budget === undefined) {
    return [
      {
        severity: 'warning',
        path: `${path}.traffic`,
        message: `${name} declares no traffic, so nobody can say whether its alerts can work, and they expect little`,
        remedy:
          'Declare it, such as traffic: perHour(600); --prometheus URL tells how much there is',
      },
    ]
  }
  // Rounded, since ten failures of exactly a tenth each are the line.
  if (Number((budget / fewestFailures).toPrecision(9)) > 1) return []
  return [
    {
      severity: budget < 1 ? 'error' : 'warning',
      path: `${path}.target`,
      message: `${name}: one failure spends ${spent(budget)}: ${spokenWindow(objective.window)} at ${counted(traffic.perHour, 'event')} an hour hold ${spokenNumber(eventsInWindow(objective) ?? 0)}, of which ${budget < 1 ? 'not even one' : spokenNumber(budget)} may fail at ${spokenPercent(objective.target)}${singleFailure(objective)}`,
      remedy: remedyFor(objective, traffic.perHour),
    },
  ]
}

const spent = (budget: number): string =>
  budget < 1
    ? `${spokenNumber(1 / budget)} times the whole error budget`
    : `${spokenShare(1 / budget)} of the error budget`

/** What one failure sets off. */
const singleFailure = (objective: Objective): string => {
  const fires = possibleBurnRates(objective).filter((tier) => failuresToFire(objective, tier) === 1)
  if (fires.some(({ severity }) => severity === 'page')) return '; and it pages'
  return fires.length > 0 ? '; and it opens a ticket' : ''
}

/** What of traffic, target and window would make a budget of ten failures, each by itself. */
const remedyFor = (objective: Objective, perHour: number): string => {
  const { target, window } = objective
  const hours = window.seconds / 3600
  const traffic = Math.ceil(fewestFailures / (hours * budgetRatio(target)))
  const ratio = 1 - fewestFailures / (perHour * hours)
  const longer = [7, 28, 30, 90].find(
    (count) =>
      days(count).seconds > window.seconds &&
      perHour * count * 24 * budgetRatio(target) >= fewestFailures,
  )
  const ways = [
    ...(ratio > 0 ? [`promise at most ${spokenPercent(percent(floored(ratio * 100)))}`] : []),
    ...(longer === undefined ? [] : [`measure over days(${longer})`]),
    `judge it together with others, so that there are ${spokenNumber(traffic)} events an hour`,
  ]
  const [first = '', ...rest] = ways
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join('; or ')
}

/** Down to two digits of what may fail: 99.86 of 99.861. */
const floored = (value: number): number => {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(100 - value)))
  return Number((Math.floor(value * 10 ** digits) / 10 ** digits).toFixed(digits))
}

/** Simple rules that the declared traffic can never trigger. */
export const breachFindings = (path: string, { breaches, name, traffic }: Objective): Finding[] =>
  traffic === undefined
    ? []
    : breaches.flatMap(({ below, lasting }, index): Finding[] => {
        const events = Math.max(1, (traffic.perHour * lasting.seconds) / 3600)
        if (failuresAbove(budgetRatio(below) * events, events) !== undefined) return []
        return [
          {
            severity: 'warning',
            path: `${path}.breaches[${index}]`,
            message: `${name}: at ${counted(traffic.perHour, 'event')} an hour this rule can never fire: ${counted(events, 'event')} in ${spokenNumber(lasting.seconds / 60)} minutes are too few to prove that less than ${spokenPercent(below)} went well`,
            remedy: 'Let it last longer, or leave it out: the burn rates tell an outage',
          },
        ]
      })
