import type { ErrorSource, Feature, Owner } from 'cx-definition'
import type { Context } from 'react'
import type { ErrorReporting } from './reporter.ts'
import type { OwnerScope } from './owner-context.ts'

/** Who answers for an error. */
export interface Ownership {
  readonly owner?: Owner | undefined
  readonly feature?: Feature | undefined
  /** The boundary's name. */
  readonly boundary?: string | undefined
}

/** An error as it becomes known. */
export interface Told extends Ownership {
  readonly error: unknown
  readonly source: ErrorSource
  readonly componentStack?: string | null | undefined
  /** Milliseconds since the epoch. */
  readonly at?: number
}

interface PageState {
  reporting?: ErrorReporting | undefined
  /** The started reporter's. */
  take?: ((told: Told) => void) | undefined
  /** What was told before reporting was started. */
  readonly early: Told[]
  readonly marked: WeakSet<WeakKey>
  /** Strings and other values that a WeakSet cannot hold, for a moment. */
  readonly recent: unknown[]
  /** What window was told and a boundary may still claim. */
  readonly unclaimed: Told[]
  /** By React's version: copies of this package share one, so that an owner is found across them. */
  readonly contexts: Record<string, Context<OwnerScope>>
}

const key = Symbol.for('rum-boundary')

/** What all copies of this package on one page share. */
export const pageState: PageState = ((globalThis as { [key]?: PageState })[key] ??= {
  early: [],
  marked: new WeakSet(),
  recent: [],
  unclaimed: [],
  contexts: {},
})
