import {
  budgetRatio,
  type BurnRate,
  type Duration,
  type Objective,
  possibleBurnRates,
} from 'cx-definition'
import type { Alert } from '../alert.ts'
import { customers, each, events, fires, idle, isQuiet, type Lane } from './lane.ts'
import { countsOf, eachMinute, inMinutes, keptFor, seesNoMore, stillSees } from './pace.ts'

// Longer stories would make the tests slow.
const latest = 300

/**
 * The tier that asks for no evidence: a failure when the pace was known for so long fires, and one a little earlier does not. A
 * single event is no evidence for the other tiers; where these ask for none, they fire as well, and it cannot be told apart.
 */
export const spentLanes = (
  objective: Objective,
  alerts: readonly Alert[],
  interval: Duration,
): Lane[] => {
  const tiers = possibleBurnRates(objective).filter(({ severity }) => severity === 'ticket')
  const spent = tiers.find(({ evidence }) => evidence === 'budget_spent')
  const alert = alerts.find(({ kind, severity }) => kind === 'burn' && severity === 'ticket')
  if (!spent || !alert) return []
  const ratio = spent.factor * budgetRatio(objective.target)
  // So many evaluations, whatever happened in them, make the pace that a failure is a share of.
  const line = (ratio * spent.long.seconds) / interval.seconds
  const few = 0.3 / countsOf(eachMinute, spent.long, interval)
  return [
    ...onceLanes({ alert, line, spent, few }),
    ...nowLanes({ alert, line, spent, few }, ratio),
  ]
}

interface Spent {
  readonly alert: Alert
  readonly spent: BurnRate
  /** Evaluations after which failures alone are too much. */
  readonly line: number
  /** So few failures that they are no evidence, of each customer. */
  readonly few: number
}

const onceLanes = ({ alert, few, line, spent }: Spent): Lane[] => {
  // While the pace is recorded a moment late, it fires; that has to be over, and still be in the short window.
  const late = keptFor(alert) + 8
  if (late > inMinutes(spent.short) - 3) return []
  const [before, after] = [Math.floor(line * 0.95), Math.ceil(line * 1.05) + 1]
  const at = (minute: number): Lane['flows'] =>
    each(customers, [idle(minute - late - 1), events(1, 0, few)])
  const found: Lane[] = []
  if (before > late && before <= latest) {
    found.push({
      name: 'ticket by budget: not yet enough of it',
      flows: at(before),
      checks: [isQuiet(before, alert)],
    })
  }
  if (after <= latest) {
    const minute = Math.max(after, late + 2)
    const happened = minute - late
    const kept = keptFor(alert)
    found.push({
      name: 'ticket by budget: enough of it',
      flows: at(minute),
      checks: [
        fires(minute, alert),
        fires(stillSees(eachMinute, spent.short, happened) + kept, alert),
        isQuiet(seesNoMore(eachMinute, spent.short, happened) + kept, alert),
      ],
    })
  }
  return found
}

/** Enough was spent some time ago, and of the little that happens now a share fails that is just too much, or just not. */
const nowLanes = ({ alert, few, line, spent }: Spent, ratio: number): Lane[] => {
  const over = seesNoMore(eachMinute, spent.short, begin + 1) + keptFor(alert) + 1
  const minute = Math.max(over, Math.ceil(line * 1.1) + 1) + 10
  if (minute > latest + 10) return []
  // More good events would make the failures too small a share of all.
  const good = Math.min(1, (minute / (1.05 * line) - 1) / 2) * few
  const lane = (part: number, name: string, checks: Lane['checks']): Lane => ({
    name: `ticket by budget: ${name}`,
    flows: each(customers, [
      idle(begin),
      events(1, good, few),
      idle(minute - begin - 11),
      events(1, good, (good * part * ratio) / (1 - part * ratio)),
    ]),
    checks: [isQuiet(minute - 11, alert), ...checks],
  })
  return [
    lane(1.05, 'just above in the short window', [fires(minute, alert)]),
    lane(0.95, 'just below in the short window', [isQuiet(minute, alert)]),
  ]
}

const begin = 10
