/** What the two schemas write alike, and the SDK types twice: a copy, typed as what it is put into. */
export const sameInBoth = <To>(value: unknown): To => JSON.parse(JSON.stringify(value))
