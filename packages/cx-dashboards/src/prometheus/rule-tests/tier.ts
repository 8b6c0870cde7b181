import {
  budgetRatio,
  type BurnRate,
  type Duration,
  type Objective,
  possibleBurnRates,
} from 'cx-definition'
import type { Alert } from '../alert.ts'
import { inMinutes, isShort } from './pace.ts'

/** A tier with what its tests need to know. */
export interface Tier extends BurnRate {
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

/** Those that ask for evidence, of the alerts there are. */
export const tiersOf = (objective: Objective, alerts: readonly Alert[]): Tier[] => {
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

/** What a lane of a tier is called. */
export const nameOf = ({ long, severity }: Tier, rest: string): string =>
  `${severity} by ${inMinutes(long) / 60}h: ${rest}`
