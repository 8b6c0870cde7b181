import type { Duration } from './duration.ts'
import type { Feature } from './feature.ts'
import type { Indicator } from './indicator.ts'
import type { Percent } from './percent.ts'

/** The share of good events that is promised over a rolling window; what is left is the error budget. */
export interface Objective<Name extends string = string> {
  readonly name: Name
  readonly title: string
  readonly feature: Feature
  readonly indicator: Indicator
  readonly target: Percent
  readonly window: Duration
}

export interface ObjectiveOptions {
  readonly feature: Feature
  readonly indicator: Indicator
  readonly target: Percent
  readonly window: Duration
  readonly title?: string
}

/** Promises a share of good events, such as `percent(99.9)` over `days(30)`; `catalog()` checks that it leaves a budget. */
export const objective = <const Name extends string>(
  name: Name,
  { title = name, ...rest }: ObjectiveOptions,
): Objective<Name> => ({ name, title, ...rest })
