import type { OwnerScope } from './owner-context.ts'

/** Under it an OwnerBoundary keeps its scope; the same in each copy of this package. */
export const scopeKey = Symbol.for('rum-boundary.scope')

interface Fiber {
  readonly return?: Fiber | null
  readonly stateNode?: { readonly [scopeKey]?: OwnerScope } | null
}

export const isOwnerBoundary = (boundary: unknown): boolean =>
  typeof boundary === 'object' && boundary !== null && scopeKey in boundary

/**
 * The owner of the innermost OwnerBoundary above another library's boundary. React has no public way up, so this
 * reads what React keeps; where that should be gone the error is unowned.
 */
export const scopeAbove = (boundary: unknown): OwnerScope | undefined => {
  let fiber = Reflect.get(boundary as object, '_reactInternals') as Fiber | null | undefined
  while (fiber) {
    const scope = fiber.stateNode?.[scopeKey]
    if (scope) return scope
    fiber = fiber.return
  }
  return undefined
}
