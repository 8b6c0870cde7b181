import { type BurnRate, type Duration, type Objective, placeholders } from 'cx-definition'
import { budgetRatio, knowsCustomers, possibleBurnRates } from '../../promql/alert-conditions.ts'
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
  oneCustomer,
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
  seesNoMore,
  stillSees,
} from './pace.ts'

/** A tier with what its tests need to know. */
interface Tier extends BurnRate {
  readonly alert: Alert
  /** The error ratio at which it fires. */
  readonly line: number
  /** That of the next faster tier of its severity, or 1. */
  readonly fasterLine: number
  /** Minutes that the next faster one remembers. */
  readonly fasterLong: number
  /** Whether a slower one of its severity would fire as well, were its window not flooded. */
  readonly hasSlower: boolean
  /** The longest that one of its severity remembers a burst, when nothing happens after it. */
  readonly remembers: Duration
}

/** Every tier that asks for evidence: its factor, its two windows, how much it takes for evidence, and whom it counts. */
export const burnLanes = (
  objective: Objective,
  alerts: readonly Alert[],
  pace: Pace,
  interval: Duration,
): Lane[] =>
  tiersOf(objective, alerts).flatMap((tier) => [
    ...(paceOf(tier.long) === pace ? steadyLanes(objective, tier) : []),
    ...((isShort(tier.short) ? eachMinute : eachQuarter) === pace ? [shortLane(tier)] : []),
    ...(paceOf(tier.long) === pace ? [longLane(tier), nowLane(tier)] : []),
    ...((tier.hasSlower ? paceOf(tier.long) : eachMinute) === pace
      ? fewLanes(tier, pace, interval)
      : []),
  ])

const paceOf = (window: Duration): Pace => (isShort(window) ? eachMinute : eachQuarter)

const tiersOf = (objective: Objective, alerts: readonly Alert[]): Tier[] => {
  const byEvidence = possibleBurnRates(objective).filter(
    ({ evidence }) => evidence === 'beyond_chance',
  )
  return byEvidence.flatMap((tier) => {
    const alert = alerts.find(({ kind, severity }) => kind === 'burn' && severity === tier.severity)
    if (!alert) return []
    const same = byEvidence.filter(({ severity }) => severity === tier.severity)
    const [faster] = same.filter(({ factor }) => factor > tier.factor).toReversed()
    const slower = same.filter(({ factor }) => factor < tier.factor)
    const budget = budgetRatio(objective.target)
    // A flood is put before the one hour, which leaves time for it.
    const seen = isShort(tier.long) ? [tier] : [tier, ...slower]
    return [
      {
        ...tier,
        alert,
        line: tier.factor * budget,
        fasterLine: faster ? faster.factor * budget : 1,
        fasterLong: faster ? inMinutes(faster.long) : Number.POSITIVE_INFINITY,
        hasSlower: slower.length > 0,
        remembers: seen.map(({ short }) => short).reduce((a, b) => (a.seconds > b.seconds ? a : b)),
      },
    ]
  })
}

const nameOf = ({ long, severity }: Tier, rest: string): string =>
  `${severity} by ${inMinutes(long) / 60}h: ${rest}`

/** A burn a little above the line fires as soon as a flood of good events leaves the long window, one a little below never. */
const steadyLanes = (objective: Objective, tier: Tier): Lane[] => {
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
  const lanes = [lane('just above', all(1.05), true), lane('just below', all(0.95), false)]
  if (tier.severity !== 'page' || !knowsCustomers(objective)) return lanes
  const flooded = floodAt(pace.begun - 5, 5, oneCustomer)
  const rest = { customer: customers[1], phases: [idle(last - 30), events(60, 60_000, 0)] }
  return [
    ...lanes,
    lane('the only customer', [...flooded, ...each(oneCustomer, steady(1.05))], true),
    lane('one of two customers', [...flooded, ...each(oneCustomer, steady(1.05)), rest], false),
    lane(
      'customers without a label of their own',
      [...flooded, ...each([placeholders.rest], steady(1.05)), rest],
      true,
    ),
  ]
}

/** What was bad is remembered by the long window, and counts again as soon as a burst of good events leaves the short one. */
const shortLane = (tier: Tier): Lane => {
  const pace = isShort(tier.short) ? eachMinute : eachQuarter
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
  const phases = [
    idle(badEnd - 5),
    events(5, 0, many * share),
    idle(goodEnd - badEnd - 1),
    events(1, good, 0),
    events(first - goodEnd, 0, good * tier.line * 0.05),
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

/** What is bad enough over the long window, and just not any more in the short one. */
const nowLane = (tier: Tier): Lane => {
  const pace = paceOf(tier.long)
  const badEnd = (tier.hasSlower ? seesNoMore(pace, tier.long, pace.begun) : 0) + 15
  const end = seesNoMore(pace, tier.short, badEnd) + wholeSteps(pace, keptFor(tier.alert) + 1)
  const few = many / 1e6
  const rest = end - badEnd
  const phases = [
    idle(badEnd - 5),
    events(5, 0, many),
    events(rest, few * rest * (1 - 0.95 * tier.line), few * rest * 0.95 * tier.line),
  ]
  return {
    name: nameOf(tier, 'just below in the short window'),
    flows: [...(tier.hasSlower ? floodAt(pace.begun - 5, 5) : []), ...each(customers, phases)],
    checks: [fires(badEnd, tier.alert), isQuiet(end, tier.alert)],
  }
}

const wholeSteps = ({ every }: Pace, atLeast: number): number =>
  Math.ceil(atLeast / inMinutes(every)) * inMinutes(every)

/** A few failures among so many events are evidence, among one more they are not. */
const fewLanes = (tier: Tier, pace: Pace, interval: Duration): Lane[] => {
  const from = tier.hasSlower ? seesNoMore(pace, tier.long, pace.begun) + 10 : 10
  return evidenceLanes({
    name: nameOf(tier, ''),
    alert: tier.alert,
    line: tier.line,
    below: tier.fasterLine,
    from,
    counted: countsOf(pace, tier.long, interval),
    seenAt: from + 5 + (countsOf(pace, tier.long, interval) === 1 || pace === eachQuarter ? 0 : 4),
    before: tier.hasSlower ? floodAt(pace.begun - 5, 5) : [],
  })
}
