import type { Duration, Objective } from 'cx-definition'
import { budgetRatio, possibleBurnRates } from '../../promql/alert-conditions.ts'
import type { Alert } from '../alert.ts'
import { customers, each, events, fires, idle, isQuiet, type Lane } from './lane.ts'
import { eachMinute, inMinutes, keptFor, seesNoMore, stillSees } from './pace.ts'

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
  // While the pace is recorded a moment late, it fires; that has to be over, and still be in the short window.
  const late = keptFor(alert) + 8
  if (late > inMinutes(spent.short) - 3) return []
  // So many evaluations, whatever happened in them, make the pace that a failure is a share of.
  const line =
    (spent.factor * spent.long.seconds * budgetRatio(objective.target)) / interval.seconds
  const [before, after] = [Math.floor(line * 0.95), Math.ceil(line * 1.05) + 1]
  const at = (minute: number): Lane['flows'] =>
    each(customers, [idle(minute - late - 1), events(1, 0, 0.25)])
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
