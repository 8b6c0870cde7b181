// Apart from the instruments, so that a web bundle that counts errors does not carry those.

/**
 * How an error became known: a boundary caught it, it was uncaught (`error`), a promise was rejected,
 * or code that caught it said so.
 */
export const errorSources = ['boundary', 'error', 'rejection', 'reported'] as const
export type ErrorSource = (typeof errorSources)[number]

/** Stands where an error has no owner or no feature; no owner or feature may be called so. */
export const unowned = 'unowned'
export const noFeature = 'none'
