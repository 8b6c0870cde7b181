/** Labels that stand for no customer; a client that sends one of them is `invalid`. */
export const reservedCustomers = { missing: 'none', malformed: 'invalid', rest: 'other' } as const

const reserved = new Set<string>(Object.values(reservedCustomers))
// Printable, unambiguous in PromQL, URLs and Datadog tags; long enough for a UUID or a domain.
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The label of whatever a resolver returned: the value itself when it can be one. */
export const customerLabel = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return reservedCustomers.missing
  const isLabel = typeof value === 'string' && wellFormed.test(value) && !reserved.has(value)
  return isLabel ? value : reservedCustomers.malformed
}
