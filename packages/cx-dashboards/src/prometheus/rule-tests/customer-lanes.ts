import { budgetRatio, leastExpected, type Objective, placeholders } from 'cx-definition'
import { outage } from '../../promql/alert-conditions.ts'
import type { Alert } from '../alert.ts'
import { nearly, spokenCount } from './evidence-lanes.ts'
import {
  customers,
  each,
  events,
  fires,
  floodAt,
  idle,
  isQuiet,
  type Lane,
  many,
  oneCustomer,
  type Phase,
  traffic,
} from './lane.ts'
import { eachMinute, seesNoMore, stillSees } from './pace.ts'

const pace = eachMinute

/** An outage of one customer: its two lines, its two windows, how much it takes for evidence, and whose it is. */
export const customerLanes = (objective: Objective, alert: Alert): Lane[] => {
  const line = Math.max(outage.ratio, 14.4 * budgetRatio(objective.target))
  if (line >= 0.9) return []
  return [windowLane(alert), ...shareLanes(alert, line), shortLane(alert, line), several(alert)]
    .concat(line < 0.45 ? shortShareLanes(alert) : [])
    .concat(fewLanes(alert, line))
}

/** The other customer is well. */
const well = { customer: customers[1], phases: [idle(1), traffic(150, 0)] }

const lane = (name: string, phases: readonly Phase[], checks: Lane['checks']): Lane => ({
  name: `one customer: ${name}`,
  flows: [...each(oneCustomer, phases), well],
  checks,
})

const windowLane = (alert: Alert): Lane => {
  const [last, first] = [
    stillSees(pace, outage.long, pace.begun),
    seesNoMore(pace, outage.long, pace.begun),
  ]
  const failing = lane(
    'a flood leaves the hour',
    [idle(last - 30), traffic(first - last + 30, 1)],
    [isQuiet(last, alert), fires(first, alert, oneCustomer)],
  )
  return { ...failing, flows: [...failing.flows, ...floodAt(0, pace.begun, oneCustomer)] }
}

/** Good at first, then all fail, until so many of the hour have. */
const shareLanes = (alert: Alert, line: number): Lane[] => {
  const phases = (share: number) => [
    idle(10),
    events(5, many * (1 - share), 0),
    events(6, 0, many * share),
  ]
  return [
    lane('just above in the hour', phases(1.05 * line), [fires(21, alert, oneCustomer)]),
    lane('just below in the hour', phases(0.95 * line), [isQuiet(21, alert)]),
  ]
}

const shortShareLanes = (alert: Alert): Lane[] => {
  const phases = (share: number) => [idle(10), traffic(20, share)]
  const line = outage.shortRatio
  return [
    lane('just above now', phases(1.05 * line), [fires(30, alert, oneCustomer)]),
    lane('just below now', phases(0.95 * line), [isQuiet(30, alert)]),
  ]
}

const shortLane = (alert: Alert, line: number): Lane => {
  const share = (1 + line) / 2
  const good = many * (1 - share)
  const goodEnd = 40
  const [last, first] = [
    stillSees(pace, outage.short, goodEnd),
    seesNoMore(pace, outage.short, goodEnd),
  ]
  return lane(
    'over in five minutes',
    [
      idle(10),
      events(5, 0, many * share),
      idle(goodEnd - 16),
      events(1, good, 0),
      events(first - goodEnd, 0, good * 0.01),
    ],
    [fires(15, alert, oneCustomer), isQuiet(last, alert), fires(first, alert, oneCustomer)],
  )
}

/** Labels that stand for several, or for nobody known, are nobody's outage. */
const several = (alert: Alert): Lane => ({
  name: 'one customer: those without a label of their own',
  flows: [...each(Object.values(placeholders), [idle(10), traffic(30, 1)]), well],
  checks: [isQuiet(40, alert)],
})

const fewLanes = (alert: Alert, line: number): Lane[] => {
  const bad = [10, 30, 100, 300].find((count) => leastExpected(count) / count > 1.1 * line)
  if (bad === undefined) return []
  const found = (part: number, checks: Lane['checks']): Lane => {
    const total = (leastExpected(bad) / line) * part
    const phases = [idle(10), events(5, total - bad, 0), events(6, 0, bad)]
    return lane(`${bad} failures of ${spokenCount(total)}`, phases, checks)
  }
  return [
    found(1 - nearly, [fires(21, alert, oneCustomer)]),
    found(1 + nearly, [isQuiet(21, alert)]),
  ]
}
