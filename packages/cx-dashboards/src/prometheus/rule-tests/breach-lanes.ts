import { type Breach, budgetRatio, type Duration, minutes } from 'cx-definition'
import type { Alert } from '../alert.ts'
import { isRaw, smear } from '../recording-rules.ts'
import { evidenceLanes } from './evidence-lanes.ts'
import {
  customers,
  each,
  events,
  fires,
  flood,
  floodAt,
  idle,
  isQuiet,
  type Lane,
  many,
  traffic,
} from './lane.ts'
import {
  countsOf,
  eachMinute,
  inMinutes,
  keptFor,
  seenSince,
  seesNoMore,
  stillSees,
} from './pace.ts'

const pace = eachMinute

/** A simple rule: its line, its span, how much it takes for evidence, and that it ends. */
export const breachLanes = (breach: Breach, alert: Alert, interval: Duration): Lane[] => {
  const line = budgetRatio(breach.below)
  const name = `breach: ${alert.labels['breach'] ?? ''}: `
  const counted = countsOf(pace, breach.lasting, interval)
  return [
    ...(line < 0.95 ? steadyLanes(name, breach, alert, line) : []),
    ...(line < 0.2 ? [endLane(name, alert)] : []),
    // Of a span hardly longer than what is now, nothing is over that is not now.
    ...(breach.lasting.seconds >= 2 * smear.seconds
      ? [nowLane(name, breach, alert, line), longLane(name, breach, alert, line)]
      : []),
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
  // Sums of five minutes' increases see it a little longer.
  const latest = isRaw(lasting) ? last : last + inMinutes(smear) - 1
  const from = Math.max(last - 30, pace.begun)
  const flows = (part: number) => [
    ...floodAt(pace.begun - 5, 5),
    ...each(customers, [idle(from), traffic(first - from, part * line)]),
  ]
  return [
    {
      name: `${name}just above`,
      flows: flows(1.05),
      checks: [isQuiet(last, alert), isQuiet(latest, alert), fires(first, alert)],
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

/** What is bad enough over the span, and just not any more now; a flood holds it back until then. */
const nowLane = (name: string, { lasting }: Breach, alert: Alert, line: number): Lane => {
  const now = seesNoMore(pace, lasting, pace.begun)
  const bad = seenSince(pace, lasting, now)
  const since = now - bad
  const flows = each(customers, [
    idle(bad - 1),
    events(1, 0, many),
    events(since, few * since * (1 - 0.95 * line), few * since * 0.95 * line),
  ])
  return {
    name: `${name}just below now`,
    flows: [...floodAt(pace.begun - 5, 5), ...flows],
    checks: [isQuiet(now, alert)],
  }
}

/** What was bad, beside much more that was good, is over when the span leaves both, though the little that happens now fails. */
const longLane = (name: string, { lasting }: Breach, alert: Alert, line: number): Lane => {
  const now = seesNoMore(pace, lasting, pace.begun)
  const good = seenSince(pace, lasting, now)
  const phases = [
    idle(pace.begun - 1),
    { ...flood(1), bad: many },
    idle(good - pace.begun - 1),
    events(1, many / 20, 0),
    events(now - good, 0, (many / 20) * line * 0.05),
  ]
  return {
    name: `${name}over in the long window`,
    flows: each(customers, phases),
    checks: [isQuiet(now, alert)],
  }
}

// Each minute, of which the failures are nothing beside those of an outage.
const few = many / 1e6
