import { type BurnRate, leastExpected, type Objective, type Severity } from 'cx-definition'
import { budgetRatio, possibleBurnRates } from '../promql/alert-conditions.ts'

/** Events an hour that the figures are for where an objective declares none. */
export const supposedPerHour = 60

export const eventsPerHour = ({ traffic }: Objective): number => traffic?.perHour ?? supposedPerHour

/**
 * Minutes of steady failing after which a severity fires, after a time without failures and at the declared traffic; nothing
 * where it never does. Rules are evaluated and notifications gathered after that.
 * @param ratio of events that fail, 1 for all
 */
export const minutesToFire = (
  objective: Objective,
  severity: Severity,
  ratio: number,
): number | undefined => {
  const times = possibleBurnRates(objective)
    .filter((tier) => tier.severity === severity)
    .map((tier) => tierMinutes(objective, tier, ratio))
    .filter((minutes) => minutes !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** The first minute at which both windows of a tier say so; a window that is not over yet holds what failed till then. */
const tierMinutes = (objective: Objective, tier: BurnRate, ratio: number): number | undefined => {
  const longMinutes = tier.long.seconds / 60
  let [below, above] = [0, Math.ceil(longMinutes)]
  if (!fires(objective, tier, ratio, above)) return undefined
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (fires(objective, tier, ratio, middle)) above = middle
    else below = middle
  }
  return above
}

const fires = (objective: Objective, tier: BurnRate, ratio: number, minutes: number): boolean => {
  const { evidence, factor, long, short } = tier
  const perMinute = eventsPerHour(objective) / 60
  const line = factor * budgetRatio(objective.target)
  const bad = (window: number) => perMinute * ratio * Math.min(minutes, window / 60)
  const total = (perMinute * long.seconds) / 60
  // The whole window's budget, and the long window's share of it, are the same at a steady traffic.
  const counted =
    evidence === 'beyond_chance' ? leastExpected(bad(long.seconds)) : bad(long.seconds)
  return counted / total > line && (bad(short.seconds) * 60) / (perMinute * short.seconds) > line
}
