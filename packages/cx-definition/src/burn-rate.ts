import { days, type Duration, hours, minutes } from './duration.ts'
import type { ObjectiveWindow } from './objective-window.ts'

/** A page wakes someone; a ticket waits for the morning. */
export type Severity = 'page' | 'ticket'

/** One tier of a multi-window alert: burning `factor` times as fast as the budget lasts, over the long window and still in the short one. */
export interface BurnRate {
  readonly severity: Severity
  readonly long: Duration
  readonly short: Duration
  /** 1 spends the budget in exactly its window. */
  readonly factor: number
  /**
   * What counts as evidence. `beyond_chance`: a lower confidence bound of the error ratio, for few requests.
   * `budget_spent`: the failures themselves against the whole window's budget, so that no outage that cost so much is missed.
   */
  readonly evidence: 'beyond_chance' | 'budget_spent'
}

const tiers = (page1h: number, page6h: number, ticket1d: number, ticket3d: number): BurnRate[] => [
  {
    severity: 'page',
    long: hours(1),
    short: minutes(5),
    factor: page1h,
    evidence: 'beyond_chance',
  },
  {
    severity: 'page',
    long: hours(6),
    short: minutes(30),
    factor: page6h,
    evidence: 'beyond_chance',
  },
  {
    severity: 'ticket',
    long: hours(6),
    short: minutes(30),
    factor: page6h,
    evidence: 'budget_spent',
  },
  {
    severity: 'ticket',
    long: days(1),
    short: hours(2),
    factor: ticket1d,
    evidence: 'beyond_chance',
  },
  {
    severity: 'ticket',
    long: days(3),
    short: hours(6),
    factor: ticket3d,
    evidence: 'beyond_chance',
  },
]

// 30 days: Google's SRE workbook, "Alerting on SLOs", table 5-8 (2 %, 5 %, 10 % and 10 % of the budget gone).
const month = tiers(14.4, 6, 3, 1)

/**
 * The tiers for a window. Scaled by its length alone, a week's tickets would come below a burn of 1 and a quarter's pages
 * would sleep through 40 % of errors; so a week spends more of its budget before it alerts, and a quarter less.
 */
const byDays: Readonly<Record<number, readonly BurnRate[]>> = {
  // 5 %, 15 %, 30 % and 43 % of a week's budget.
  7: tiers(8.4, 4.2, 2.1, 1),
  28: tiers(13.44, 5.6, 2.8, 1),
  30: month,
  // 1 %, 3 %, 6 % and 7 % of a quarter's budget.
  90: tiers(21.6, 10.8, 5.4, 2),
}

/** The tiers of an objective's alerts, the fastest first. */
export const burnRates = ({ calendar, seconds }: ObjectiveWindow): readonly BurnRate[] => {
  if (calendar === 'month') return month
  const quarter = calendar === 'quarter' ? 90 : undefined
  return byDays[quarter ?? seconds / 86_400] ?? month
}

/**
 * The least that an error count of `bad` speaks for, by Byar's approximation of the Poisson distribution's lower confidence
 * limit (Breslow and Day, Statistical Methods in Cancer Research, volume II, 1987). `z` = 2.326 leaves 1 % to chance.
 */
export const leastExpected = (bad: number): number =>
  bad > 0 ? bad * Math.max(1 - 1 / (9 * bad) - confidence / (3 * Math.sqrt(bad)), 0) ** 3 : 0

/** z of a one-sided limit at 99 %. */
export const confidence = 2.326
