import { type BurnRate, burnRates } from './burn-rate.ts'
import { isForgeable } from './indicator.ts'
import type { Objective } from './objective.ts'
import type { Percent } from './percent.ts'

/** The tiers of an objective that can ever fire: an error ratio above 1 is none (and above 0.9 hardly one). */
export const possibleBurnRates = ({ indicator, target, window }: Objective): readonly BurnRate[] =>
  burnRates(window).filter(
    ({ factor, severity }) =>
      factor * budgetRatio(target) < highestErrorRatio &&
      // Anyone can make a browser say anything.
      !(severity === 'page' && isForgeable(indicator)),
  )

/** No alert waits for more than this share of events to fail. */
export const highestErrorRatio = 0.9

/** The share of events that may be bad; rounded, since 1 - 0.999 is not 0.001 in binary. */
export const budgetRatio = ({ ratio }: Percent): number => Number((1 - ratio).toPrecision(12))
