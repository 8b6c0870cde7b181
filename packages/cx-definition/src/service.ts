import type { Owner } from './owner.ts'

/** A process that should always be there: its silence is an alert, idleness is not. */
export interface Service<Name extends string = string> {
  /** The value of its `service.name` resource attribute. */
  readonly name: Name
  readonly owner: Owner
  /** What it does in the background, by the names that `recordJob` is given. */
  readonly jobs: readonly string[]
}

export interface ServiceOptions {
  readonly owner: Owner
  readonly jobs?: readonly string[]
}

/** Says who is told when a service falls silent, and what it does beside answering requests. */
export const service = <const Name extends string>(
  name: Name,
  { jobs = [], owner }: ServiceOptions,
): Service<Name> => ({ name, owner, jobs })
