import type { Alert } from '../alert.ts'

/** Traffic that goes on alike for some minutes. */
export interface Phase {
  readonly minutes: number
  /** Events a minute. */
  readonly good: number
  readonly bad: number
}

/** What one customer does, counted by one replica of a service. */
export interface Flow {
  readonly customer: string
  /** Flows of another replica have series of their own, which begin at 0. */
  readonly replica?: string
  /** Nothing ever went well, so that a series of that alone is not there. */
  readonly isOnlyBad?: boolean
  readonly phases: readonly Phase[]
}

/** What has to be true at a moment. */
export interface Check {
  readonly minute: number
  /** Any alert, pending ones too, where none is named. */
  readonly alert?: Alert
  /** Which customers' alerts fire, where an alert is of one customer. */
  readonly firing: boolean | readonly string[]
}

/** A story of its own: it happens in an environment of its own, so that many are told in one test. */
export interface Lane {
  readonly name: string
  readonly flows: readonly Flow[]
  readonly checks: readonly Check[]
}

/** Two whom nobody mistakes for a placeholder. */
export const customers = ['alpha', 'beta'] as const
const [first] = customers
export const oneCustomer: readonly string[] = [first]

export const idle = (minutes: number): Phase => ({ minutes, good: 0, bad: 0 })

/** So many events in all, spread evenly. */
export const events = (minutes: number, good: number, bad: number): Phase => ({
  minutes,
  good: good / minutes,
  bad: bad / minutes,
})

/** So many that chance plays no part: a bound of the ratio is the ratio then. */
export const many = 1_000_000_000

/** Plenty of traffic, a share of which fails. */
export const traffic = (minutes: number, failing: number): Phase => ({
  minutes,
  good: Math.round(many * (1 - failing)),
  bad: Math.round(many * failing),
})

/** So much good traffic that nothing else counts beside it in a window that holds it. */
export const flood = (minutes: number): Phase => ({ minutes, good: 1e14, bad: 0 })

/** The same for each customer. */
export const each = (who: readonly string[], phases: readonly Phase[], replica?: string): Flow[] =>
  who.map((customer) => ({ customer, phases, ...(replica && { replica }) }))

/** A flood by a replica that was there before. */
export const floodAt = (start: number, minutes: number, who: readonly string[] = customers) =>
  each(who, [idle(start), flood(minutes)], 'former')

export const fires = (minute: number, alert: Alert, who: readonly string[] = []): Check => ({
  minute,
  alert,
  firing: who.length > 0 ? who : true,
})

export const isQuiet = (minute: number, alert?: Alert): Check => ({
  minute,
  ...(alert && { alert }),
  firing: false,
})

export const lengthOf = ({ phases }: Flow): number =>
  phases.reduce((sum, { minutes }) => sum + minutes, 0)
