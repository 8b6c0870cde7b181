import type { ErrorSource, JourneyEvent, WebVital } from 'cx-definition'

/**
 * What a browser sends and the beacon takes, as JSON: names of the catalog and numbers, nothing else.
 * There is no place for a message, a URL, an id or a time of day.
 */
export interface Beacon {
  readonly v: 1
  readonly app: string
  readonly events: readonly CountedEvent[]
}

export type BeaconEvent =
  | { readonly type: 'session' }
  | {
      readonly type: 'step'
      readonly journey: string
      readonly step: string
      readonly event: JourneyEvent
      /** Of a completed one: since it was entered, where that is known. */
      readonly seconds?: number
    }
  | {
      /** An `error-session` is the first error of an owner in a session, and comes beside its `error`. */
      readonly type: 'error' | 'error-session'
      readonly owner: string
      readonly feature: string
      readonly source: ErrorSource
    }
  | {
      readonly type: 'vital'
      readonly name: WebVital
      readonly page: string
      /** Seconds, or for CLS a score. */
      readonly value: number
    }

/** Equal events are sent once. */
export type CountedEvent = BeaconEvent & { readonly count: number }

/** An error in a loop counts this often in a batch and no more. */
export const highestCount = 500

/** Fit into the beacon's body limit with the longest names that a catalog allows. */
export const mostEvents = 50
