import type { Breach } from './breach.ts'
import type { Feature } from './feature.ts'
import type { Indicator } from './indicator.ts'
import type { ObjectiveWindow } from './objective-window.ts'
import type { Percent } from './percent.ts'
import type { Traffic } from './traffic.ts'

/** The share of good events that is promised over a window; what is left is the error budget. */
export interface Objective<Name extends string = string> {
  readonly name: Name
  readonly title: string
  readonly feature: Feature
  readonly indicator: Indicator
  readonly target: Percent
  readonly window: ObjectiveWindow
  /** What its alerts are tuned for, and checked against. */
  readonly traffic?: Traffic
  /** Where the team wrote down what to do. */
  readonly runbook?: string
  readonly breaches: readonly Breach[]
  /** Whether each customer has a budget of its own on record. */
  readonly perCustomer: boolean
}

export interface ObjectiveOptions {
  readonly feature: Feature
  readonly indicator: Indicator
  readonly target: Percent
  /** `days(7)`, `days(28)`, `days(30)`, `days(90)`, `calendarMonth` or `calendarQuarter`. */
  readonly window: ObjectiveWindow
  readonly title?: string
  /** Good and bad events together, on average: `perHour(600)`. Without it, alerts expect little. */
  readonly traffic?: Traffic
  /** An address that an alert leads to; where there is none, to the page that `cx-dashboards build` writes. */
  readonly runbook?: string
  /** Simple rules beside the budget's, such as below 99 % for 5 minutes. */
  readonly breaches?: readonly Breach[]
  /** Records the budget of each customer too. Default: false. */
  readonly perCustomer?: boolean
}

/** Promises a share of good events, such as `percent(99.9)` over `days(30)`; `catalog()` checks that it leaves a budget. */
export const objective = <const Name extends string>(
  name: Name,
  { breaches = [], perCustomer = false, title = name, ...rest }: ObjectiveOptions,
): Objective<Name> => ({ name, title, breaches, perCustomer, ...rest })
