import type { Duration, Objective } from 'cx-definition'
import { knowsCustomers } from '../../promql/alert-conditions.ts'
import type { Alert } from '../alert.ts'
import { evidenceLanes } from './evidence-lanes.ts'
import {
  customers,
  each,
  events,
  fires,
  floodAt,
  type Flow,
  idle,
  isQuiet,
  type Lane,
  many,
  traffic,
} from './lane.ts'
import {
  countsOf,
  eachMinute,
  eachQuarter,
  inMinutes,
  isShort,
  keptFor,
  type Pace,
  paceOf,
  seenSince,
  seesNoMore,
  stillSees,
} from './pace.ts'
import { severalCustomersLanes } from './several-customers-lanes.ts'
import { nameOf, type Tier, tiersOf } from './tier.ts'

/** Every tier that asks for evidence: its factor, its two windows, how much it takes for evidence, and whom it counts. */
export const burnLanes = (
  objective: Objective,
  alerts: readonly Alert[],
  pace: Pace,
  interval: Duration,
): Lane[] =>
  tiersOf(objective, alerts).flatMap((tier) => [
    ...(paceOf(tier.long) === pace ? steadyLanes(tier) : []),
    ...(tier.severity === 'page' && knowsCustomers(objective)
      ? severalCustomersLanes(tier, pace)
      : []),
    ...(paceOf(tier.short) === pace ? [shortLane(tier), nowLane(tier)] : []),
    ...(paceOf(tier.long) === pace ? [longLane(tier)] : []),
    ...((tier.hasSlower ? paceOf(tier.long) : eachMinute) === pace
      ? fewLanes(tier, pace, interval)
      : []),
  ])

/** A burn a little above the line fires as soon as a flood of good events leaves the long window, one a little below never. */
const steadyLanes = (tier: Tier): Lane[] => {
  const pace = paceOf(tier.long)
  const [last, first] = [
    stillSees(pace, tier.long, pace.begun),
    seesNoMore(pace, tier.long, pace.begun),
  ]
  const steady = (part: number) => [idle(last - 30), traffic(first - last + 30, part * tier.line)]
  const lane = (name: string, flows: readonly Flow[], firing: boolean): Lane => ({
    name: nameOf(tier, name),
    flows,
    checks: firing
      ? [isQuiet(last, tier.alert), fires(first, tier.alert)]
      : [isQuiet(first, tier.alert)],
  })
  const all = (part: number) => [...floodAt(pace.begun - 5, 5), ...each(customers, steady(part))]
  return [lane('just above', all(1.05), true), lane('just below', all(0.95), false)]
}

/** What was bad is remembered by the long window, and counts again as soon as a burst of good events leaves the short one. */
const shortLane = (tier: Tier): Lane => {
  const pace = paceOf(tier.short)
  const flooded = isShort(tier.long)
  const badEnd = flooded ? 75 : 15
  const goodEnd =
    seesNoMore(pace, tier.remembers, badEnd) + wholeSteps(pace, keptFor(tier.alert) + 1)
  const [last, first] = [
    stillSees(pace, tier.short, goodEnd),
    seesNoMore(pace, tier.short, goodEnd),
  ]
  const share = Math.sqrt(tier.line * tier.fasterLine)
  const good = many * (1 - share)
  const again = seenSince(pace, tier.short, first)
  const phases = [
    idle(badEnd - 5),
    events(5, 0, many * share),
    idle(goodEnd - badEnd - 1),
    events(1, good, 0),
    idle(again - goodEnd - 1),
    events(1, 0, good * tier.line * 0.05),
  ]
  return {
    name: nameOf(tier, 'over in the short window'),
    flows: [...(flooded ? floodAt(0, 5) : []), ...each(customers, phases)],
    checks: [fires(badEnd, tier.alert), isQuiet(last, tier.alert), fires(first, tier.alert)],
  }
}

/**
 * What was bad is over when the long window leaves it, though nothing went well since, but for some good events that the short
 * one does not see: with them, faster tiers are quiet.
 */
const longLane = (tier: Tier): Lane => {
  const pace = paceOf(tier.long)
  const step = inMinutes(pace.every)
  const short = inMinutes(tier.short)
  const badEnd = (tier.hasSlower ? seesNoMore(pace, tier.long, pace.begun) : 0) + 15
  const [last, first] = [stillSees(pace, tier.long, badEnd), seesNoMore(pace, tier.long, badEnd)]
  const over = first + wholeSteps(pace, keptFor(tier.alert) + 1)
  const goodEnd = last - short - step
  // Good events that a faster tier has forgotten by then come again.
  const isForgotten = over - goodEnd >= tier.fasterLong
  const end = isForgotten ? Math.max(over, last + short + 2 * step) : over
  const good = many / 20
  const trickle = (minutes: number) => events(minutes, 0, good * tier.line * 1e-4 * minutes)
  const again = end - short - step
  const rest = isForgotten
    ? [trickle(again - goodEnd - 1), events(1, good, 0), trickle(end - again)]
    : [trickle(end - goodEnd)]
  const phases = [
    idle(badEnd - 5),
    events(5, 0, many),
    idle(goodEnd - badEnd - 1),
    events(1, good, 0),
    ...rest,
  ]
  return {
    name: nameOf(tier, 'over in the long window'),
    flows: [...(tier.hasSlower ? floodAt(pace.begun - 5, 5) : []), ...each(customers, phases)],
    checks: [fires(last, tier.alert), isQuiet(end, tier.alert)],
  }
}

/** What is bad enough over the long window, and just not any more in the short one; nor when that forgets good and bad at once. */
const nowLane = (tier: Tier): Lane => {
  const pace = paceOf(tier.short)
  const step = inMinutes(pace.every)
  const badEnd = (tier.hasSlower ? seesNoMore(pace, tier.long, pace.begun) : 0) + 15
  const end = seesNoMore(pace, tier.short, badEnd) + wholeSteps(pace, keptFor(tier.alert) + 1)
  const forgotten = seesNoMore(pace, tier.short, end + step)
  const few = many / 1e6
  const bad = few * inMinutes(tier.short)
  const trickle = (minutes: number) =>
    events(minutes, few * minutes * (1 - 0.95 * tier.line), few * minutes * 0.95 * tier.line)
  const phases = [
    idle(badEnd - 5),
    events(5, 0, many),
    trickle(end - badEnd + step - 1),
    events(1, (20 * bad) / tier.line, bad),
    trickle(forgotten - end - step),
  ]
  return {
    name: nameOf(tier, 'just below in the short window'),
    flows: [...(tier.hasSlower ? floodAt(pace.begun - 5, 5) : []), ...each(customers, phases)],
    checks: [fires(badEnd, tier.alert), isQuiet(end, tier.alert), isQuiet(forgotten, tier.alert)],
  }
}

const wholeSteps = ({ every }: Pace, atLeast: number): number =>
  Math.ceil(atLeast / inMinutes(every)) * inMinutes(every)

/** A few failures among so many events are evidence, among one more they are not. */
const fewLanes = (tier: Tier, pace: Pace, interval: Duration): Lane[] => {
  const from = tier.hasSlower ? seesNoMore(pace, tier.long, pace.begun) + 10 : 10
  const counted = countsOf(pace, tier.long, interval)
  return evidenceLanes({
    name: nameOf(tier, ''),
    alert: tier.alert,
    line: tier.line,
    below: tier.fasterLine,
    from,
    counted,
    seenAt: from + 5 + (counted === 1 || pace === eachQuarter ? 0 : 4),
    before: tier.hasSlower ? floodAt(pace.begun - 5, 5) : [],
  })
}
