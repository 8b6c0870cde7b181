import type { Dimension } from 'cx-definition'

/** Labels that stand for no customer; a client that sends one of them is `invalid`. */
const reservedCustomers = { missing: 'none', malformed: 'invalid', rest: 'other' } as const

const reserved = new Set<string>(Object.values(reservedCustomers))
// Printable, unambiguous in PromQL, URLs and Datadog tags; long enough for a UUID or a domain.
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Turns whatever a resolver returned into one of a bounded number of labels. */
export type CustomerLabel = (value: unknown) => string

/** Pinned customers and the first `limit` others keep their own label. */
export const createCustomerBudget = ({ limit, pinned }: Dimension): CustomerLabel => {
  const known = new Set<string>(pinned)
  const most = known.size + limit

  return (value) => {
    if (typeof value !== 'string') {
      return value === undefined || value === null
        ? reservedCustomers.missing
        : reservedCustomers.malformed
    }
    if (known.has(value)) return value
    if (value === '') return reservedCustomers.missing
    if (reserved.has(value) || !wellFormed.test(value)) return reservedCustomers.malformed
    if (known.size >= most) return reservedCustomers.rest
    known.add(value)
    return value
  }
}
