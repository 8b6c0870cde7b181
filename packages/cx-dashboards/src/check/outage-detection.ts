import {
  type BurnRate,
  burnRates,
  isForgeable,
  leastExpected,
  type Objective,
  type Severity,
} from 'cx-definition'
import { budgetRatio, possibleBurnRates } from '../promql/alert-conditions.ts'

const secondsPerHour = 3600

/** Events that the objective's whole window holds at its declared traffic; undefined where none is declared. */
export const eventsInWindow = ({ traffic, window }: Objective): number | undefined =>
  traffic && (traffic.perHour * window.seconds) / secondsPerHour

/** Of those, the ones that may fail. */
export const budgetEvents = (objective: Objective): number | undefined => {
  const events = eventsInWindow(objective)
  return events === undefined ? undefined : events * budgetRatio(objective.target)
}

/** Tiers that no share of failures can ever reach; not those that browsers may not have. */
export const impossibleTiers = (objective: Objective): readonly BurnRate[] => {
  const possible = possibleBurnRates(objective)
  const forgeable = isForgeable(objective.indicator)
  return burnRates(objective.window).filter(
    (tier) => !possible.includes(tier) && !(forgeable && tier.severity === 'page'),
  )
}

/**
 * How many failures in a row a tier needs at the declared traffic when everything fails after a good time;
 * undefined where all of the long window is not enough, or no traffic is declared.
 */
export const failuresToFire = (objective: Objective, tier: BurnRate): number | undefined => {
  const { traffic } = objective
  if (!traffic) return undefined
  // A window holds one event at least, or it has nothing to tell.
  const events = Math.max(1, (traffic.perHour * tier.long.seconds) / secondsPerHour)
  const needed = neededOf(objective, tier, events)
  return needed !== undefined && needed <= events ? needed : undefined
}

const neededOf = (objective: Objective, tier: BurnRate, events: number): number | undefined => {
  const budget = budgetRatio(objective.target)
  if (tier.evidence === 'budget_spent') {
    const share = (tier.factor * tier.long.seconds) / objective.window.seconds
    return Math.floor(share * (budgetEvents(objective) ?? 0)) + 1
  }
  return firstAbove(tier.factor * budget * events, events)
}

/** The fewest failures among so many events that speak for more than `line` of them. */
export const firstAbove = (line: number, events: number): number | undefined => {
  for (let failures = 1; failures <= events; failures += 1) {
    if (leastExpected(failures) > line) return failures
  }
  return undefined
}

/** Seconds from the begin of a full outage to the first alert of a severity, by its declared traffic. */
export const secondsToTell = (objective: Objective, severity: Severity): number | undefined => {
  const { traffic } = objective
  if (!traffic) return undefined
  const failures = possibleBurnRates(objective)
    .filter((tier) => tier.severity === severity)
    .flatMap((tier) => failuresToFire(objective, tier) ?? [])
  return failures.length === 0
    ? undefined
    : (Math.min(...failures) / traffic.perHour) * secondsPerHour
}
