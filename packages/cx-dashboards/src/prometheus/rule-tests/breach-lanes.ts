import { type Breach, type Duration, minutes } from 'cx-definition'
import { budgetRatio } from '../../promql/alert-conditions.ts'
import type { Alert } from '../alert.ts'
import { isRaw } from '../recording-rules.ts'
import { evidenceLanes } from './evidence-lanes.ts'
import { customers, each, fires, floodAt, idle, isQuiet, type Lane, traffic } from './lane.ts'
import { countsOf, eachMinute, keptFor, seesNoMore, stillSees } from './pace.ts'

const pace = eachMinute

/** A simple rule: its line, its span, how much it takes for evidence, and that it ends. */
export const breachLanes = (breach: Breach, alert: Alert, interval: Duration): Lane[] => {
  const line = budgetRatio(breach.below)
  const name = `breach: ${alert.labels['breach'] ?? ''}: `
  const counted = countsOf(pace, breach.lasting, interval)
  return [
    ...(line < 0.95 ? steadyLanes(name, breach, alert, line) : []),
    ...(line < 0.2 ? [endLane(name, alert)] : []),
    ...evidenceLanes({
      name,
      alert,
      line,
      below: 1,
      from: 10,
      counted,
      seenAt: isRaw(breach.lasting) ? 15 : 19,
      before: [],
    }),
  ]
}

const steadyLanes = (name: string, { lasting }: Breach, alert: Alert, line: number): Lane[] => {
  const [last, first] = [
    stillSees(pace, lasting, pace.begun),
    seesNoMore(pace, lasting, pace.begun),
  ]
  const from = Math.max(last - 30, pace.begun)
  const flows = (part: number) => [
    ...floodAt(pace.begun - 5, 5),
    ...each(customers, [idle(from), traffic(first - from, part * line)]),
  ]
  return [
    {
      name: `${name}just above`,
      flows: flows(1.05),
      checks: [isQuiet(last, alert), fires(first, alert)],
    },
    { name: `${name}just below`, flows: flows(0.95), checks: [isQuiet(first, alert)] },
  ]
}

/** Over as soon as five minutes are well again. */
const endLane = (name: string, alert: Alert): Lane => {
  const [end, over] = [40, minutes(5).seconds / 60 + 1]
  return {
    name: `${name}over`,
    flows: each(customers, [idle(10), traffic(end - 10, 1), traffic(60, 0)]),
    checks: [
      fires(end + over - 3 + keptFor(alert), alert),
      isQuiet(end + over + keptFor(alert), alert),
    ],
  }
}
