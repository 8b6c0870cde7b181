import { placeholders } from 'cx-definition'
import { anEvent } from './evidence-lanes.ts'
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
import { eachMinute, inMinutes, isShort, type Pace, paceOf, seesNoMore, stillSees } from './pace.ts'
import { nameOf, type Tier } from './tier.ts'

const [one, other] = customers
const { rest } = placeholders

/** Whom a page counts: it takes two customers, unless there is but one, and any without a label of their own may be many. */
export const severalCustomersLanes = (tier: Tier, pace: Pace): Lane[] => [
  ...(paceOf(tier.long) === pace ? steadyLanes(tier, pace) : []),
  ...(pace === eachMinute && !isShort(tier.long) ? [presentLane(tier)] : []),
]

/** A burn of one customer that is enough as soon as a flood leaves the long window, and who is there beside. */
const steadyLanes = (tier: Tier, pace: Pace): Lane[] => {
  const { begun: before, every } = pace
  const [last, first] = [stillSees(pace, tier.long, before), seesNoMore(pace, tier.long, before)]
  const soon = roundedUp(first - 0.9 * inMinutes(tier.long), inMinutes(every))
  const steady = [idle(last - 30), traffic(first - last + 30, 1.05 * tier.line)]
  const lane = (name: string, who: string, beside: readonly Flow[], firing: boolean): Lane => ({
    name: nameOf(tier, name),
    flows: [...floodAt(before - 5, 5, oneCustomer), ...each([who], steady), ...beside],
    checks: firing
      ? [isQuiet(last, tier.alert), fires(first, tier.alert)]
      : [isQuiet(first, tier.alert)],
  })
  return [
    lane('the only customer', one, [once(other, before, 0), once(rest, before, 0)], true),
    lane(
      'one of two customers',
      one,
      [once(other, before, anEvent), { ...once(other, soon, 0), replica: 'present too' }],
      false,
    ),
    lane('one customer beside those without a label', one, [once(rest, soon, 0)], false),
    lane('one customer and one without a label', one, [once(rest, soon, anEvent)], true),
    lane('customers without a label of their own', rest, [once(other, soon, 0)], true),
  ]
}

const roundedUp = (minute: number, step: number): number => Math.ceil(minute / step) * step

/** Asks once, in the last two minutes before one. */
const once = (customer: string, at: number, bad: number): Flow => ({
  customer,
  phases: [idle(at - 2), events(2, anEvent - bad, bad)],
})

/** Who asked once is there when the other begins to fail: sums of every fifth minute must not miss that one minute. */
const presentLane = (tier: Tier): Lane => ({
  name: nameOf(tier, 'one of two customers, who asked once'),
  flows: [
    { customer: one, phases: [idle(2), events(1, anEvent, 0), idle(13), events(5, 0, many)] },
    { customer: other, phases: [idle(12), events(1, anEvent, 0)] },
  ],
  checks: [isQuiet(21, tier.alert)],
})
