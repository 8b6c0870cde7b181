// Apart from the instruments, so that a web bundle that counts errors does not carry those.

/**
 * How an error became known: a boundary caught it, it was uncaught (`error`), a promise was rejected,
 * or code that caught it said so.
 */
export const errorSources = ['boundary', 'error', 'rejection', 'reported'] as const
export type ErrorSource = (typeof errorSources)[number]

/** Stands where an error has no owner; no owner may be called so. */
export const unowned = 'unowned'
/** Stands where an error has no feature; no feature may be called so. */
export const noFeature = 'none'
