import type { Owner } from './owner.ts'

/** A process that should always be there: its silence is an alert, idleness is not. */
export interface Service<Name extends string = string> {
  /** The value of its `service.name` resource attribute. */
  readonly name: Name
  readonly owner: Owner
}

/** Says who is told when a service falls silent. */
export const service = <const Name extends string>(
  name: Name,
  { owner }: { readonly owner: Owner },
): Service<Name> => ({ name, owner })
