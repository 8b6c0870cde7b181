import {
  budgetRatio,
  type BurnRate,
  leastExpected,
  type Objective,
  possibleBurnRates,
  type Severity,
} from 'cx-definition'

/** Events an hour that the figures are for where an objective declares none. */
export const supposedPerHour = 60

const secondsPerHour = 3600

export const eventsPerHour = ({ traffic }: Objective): number => traffic?.perHour ?? supposedPerHour

/**
 * Seconds of steady failing after which a severity fires, after a good time and at the declared traffic; undefined where it
 * never does. Rules are evaluated and notifications gathered after that.
 * @param ratio of events that fail, 1 for all
 */
export const secondsToFire = (
  objective: Objective,
  severity: Severity,
  ratio = 1,
): number | undefined => {
  const failures = possibleBurnRates(objective)
    .filter((tier) => tier.severity === severity)
    .flatMap((tier) => failuresToFire(objective, tier, ratio) ?? [])
  if (failures.length === 0) return undefined
  return (Math.min(...failures) / (eventsPerHour(objective) * ratio)) * secondsPerHour
}

/**
 * How many failures a tier needs at the declared traffic, after a good time; undefined where its long window never holds so many.
 * The short window asks for the same share of less time, so that it is always reached before.
 * @param ratio of events that fail, 1 for all
 */
export const failuresToFire = (
  objective: Objective,
  tier: BurnRate,
  ratio = 1,
): number | undefined => {
  const events = (eventsPerHour(objective) * tier.long.seconds) / secondsPerHour
  // A window holds one event at least, or it has nothing to tell.
  const most = Math.max(1, rounded(events * ratio))
  const line = tier.factor * budgetRatio(objective.target)
  if (tier.evidence === 'beyond_chance') return failuresAbove(line * Math.max(1, events), most)
  // The whole window's budget, and the long window's share of it, are the same at a steady traffic.
  const needed = Math.floor(rounded(line * events)) + 1
  return needed <= most ? needed : undefined
}

/** The fewest failures, up to a most, that speak for more than a number of them beyond chance. */
export const failuresAbove = (expected: number, most: number): number | undefined => {
  let [below, above] = [0, Math.floor(most)]
  if (leastExpected(above) <= expected) return undefined
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (leastExpected(middle) > expected) above = middle
    else below = middle
  }
  return above
}

/** A whole number that binary makes a little less is that number still. */
const rounded = (value: number): number => Number(value.toPrecision(12))
