import type { ErrorSource, Feature, JourneyEvent, Owner } from 'cx-definition'

/** An error as it leaves for the sinks. */
export interface OwnedError {
  /** As it was thrown, and never changed: a string, null or a proxy as well. A sink makes its own copy. */
  readonly error: unknown
  /** The owner's name, or `unowned`. Called so since Datadog's and Sentry's users filter by it. */
  readonly team: string
  readonly feature: string
  readonly app: string
  readonly source: ErrorSource
  /** The name of the boundary that caught it, where it has one. */
  readonly boundary?: string
  readonly componentStack?: string
  /** What is alike shares it. Made of the raw message, so it must not leave the page. */
  readonly fingerprint: string
  /** Errors of this fingerprint that were held back since its last event, this one not among them. */
  readonly suppressed: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Whether alerts are raised from this sink, or it runs beside the one from which they are. */
  readonly tracker: 'primary' | 'shadow'
  /** The session that a sink records, by now: one that was just started knows it a second later. */
  readonly session?: () => RecordedSession | undefined
}

/** A session that a tracker records. */
export interface RecordedSession {
  readonly id: string
  /** Left out where it would lead nowhere. */
  readonly replayUrl?: string | undefined
}

/** Where errors go. What it throws, or rejects with, stays in it. */
export interface Sink {
  readonly name: string
  /** Whether it waits for the person's consent. */
  readonly needsConsent: boolean
  /** Called once it may work, and again when consent is given anew. Loads what it needs; events wait for it. */
  start?(): void | Promise<void>
  send(event: OwnedError): void | Promise<void>
  /** Something that a person came to, called as in the catalog, such as `self-signup: account entered`. */
  action?(name: string): void | Promise<void>
  session?(): RecordedSession | undefined
  /** Consent was withdrawn, or reporting ended. */
  stop?(): void
}

/** Counts each error, also those that are held back, and says what else it counts. `cx-metrics/browser` is one. */
export interface ErrorCounter {
  error(error: {
    readonly owner?: Owner | undefined
    readonly feature?: Feature | undefined
    readonly source?: ErrorSource
  }): void
  /** Is told each step of a journey as it is counted, so that sinks that know sessions count the same. */
  onStep?(listener: StepListener): void
}

export type StepListener = (journey: string, step: string, event: JourneyEvent) => void
