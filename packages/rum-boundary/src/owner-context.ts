import { createContext, version } from 'react'
import type { Feature, Owner } from 'cx-definition'
import { type Ownership, pageState } from './page-state.ts'
import { tell } from './report-error.ts'
import { withOwner } from './with-owner.ts'

/** Who answers for a part of the page, and how to tell them. */
export interface OwnerScope {
  /** Missing outside of any boundary: what is reported there is `unowned`. */
  readonly owner: Owner | undefined
  readonly feature: Feature | undefined
  readonly boundary: string | undefined
  /** For an error that code has caught; reports it once. */
  readonly report: (error: unknown) => void
  /** For what a boundary does not catch, such as an event handler: reports what it throws, and throws it on. */
  readonly wrap: <Arguments extends readonly unknown[], Result>(
    work: (...all: Arguments) => Result,
  ) => (...all: Arguments) => Result
}

export const createScope = ({ boundary, feature, owner }: Ownership): OwnerScope => ({
  owner,
  feature,
  boundary,
  report: (error) => tell({ error, owner, feature, boundary, source: 'reported' }),
  wrap: (work) => withOwner({ owner, feature, boundary }, work),
})

export const OwnerContext = (pageState.contexts[version] ??= createContext(createScope({})))
