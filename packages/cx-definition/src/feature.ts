import type { Operation } from './operation.ts'
import type { Owner } from './owner.ts'

/** Something a customer does, owned by one team; may span services and web apps. */
export interface Feature<Name extends string = string> {
  readonly name: Name
  readonly title: string
  readonly description: string
  readonly owner: Owner
  readonly operations: readonly Operation[]
}

export interface FeatureOptions {
  readonly owner: Owner
  readonly title?: string
  readonly description?: string
  /** The requests that serve this feature. */
  readonly operations?: readonly Operation[]
}

/** Its name becomes a label; the title is its name where none is given. */
export const feature = <const Name extends string>(
  name: Name,
  { owner, title = name, description = '', operations = [] }: FeatureOptions,
): Feature<Name> => ({ name, title, description, owner, operations })
