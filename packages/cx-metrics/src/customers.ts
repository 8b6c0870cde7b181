import { type Dimension, placeholders } from 'cx-definition'
import { customerLabel } from './customer-label.ts'
import { createHeavyHitters } from './heavy-hitters.ts'
import type { Collect, SeriesStore } from './series-store.ts'

/** Who has a label: a customer, or one of the labels that stand for none. */
export interface Customer {
  readonly label: string
  /** Recent requests, each worth more the later it came. */
  weight: number
  /** Milliseconds since the epoch. */
  readonly since: number
  /** Forgets every series of this customer. */
  readonly forget: () => void
}

export interface Customers<Kind extends Customer> {
  /** The customer a request counts for. */
  of(value: unknown): Kind
  /** How many have a label of their own. */
  readonly tracked: number
}

export interface CustomersOptions<Kind extends Customer> {
  readonly dimension: Dimension
  readonly store: SeriesStore
  readonly create: (label: string, since: number) => Kind
}

const halfLifeMilliseconds = 600_000
/** A label is kept for so long at least, or quiet hours would make labels come and go. */
const leastStayMilliseconds = 600_000
/** A newcomer must be so many times heavier than the one whose label it takes. */
const advantage = 2
/** And have asked so often of late, or a stray request could take a quiet customer's label. */
const leastRequests = 10
/** Candidates that are counted, for each label there is; the error of a count falls with their number. */
const candidatesPerLabel = 10
const requestsBetweenReviews = 1024
/** A reader that did not come by for so long is not waited for. */
const readerAbsenceMilliseconds = 600_000

interface Retiring<Kind> {
  readonly customer: Kind
  readonly since: number
  /** By reader: when it first showed the final values. */
  readonly shown: number[]
}

/**
 * Who keeps a label of its own: pinned customers always, and as many others as the limit allows, those with
 * the most recent traffic. The rest are `other`.
 *
 * A customer that loses its label is shown with its final values until every reader has seen them, and only
 * then is the label free: so no count is lost from `sum(increase())`, and there are never more labels than
 * the limit allows. What it does from then on counts for `other`; what it did is not moved there, since a
 * counter that jumps looks like a burst.
 */
export const createCustomers = <Kind extends Customer>({
  create,
  dimension: { limit, pinned },
  store,
}: CustomersOptions<Kind>): Customers<Kind> => {
  const { now } = store
  const started = now()
  const known = new Map<unknown, Kind>()
  const nobody = new Map<string, Kind>()
  const candidates = createHeavyHitters(Math.max(1, limit * candidatesPerLabel))
  const ranked = new Set<Kind>()
  const retiring = new Set<Retiring<Kind>>()
  /** By reader. Each holds new series for a time of its own: deltas not at all. */
  const lastCollects: Collect[] = []
  let epoch = started
  let weight = 1
  let requestsUntilReview = requestsBetweenReviews

  for (const label of pinned) known.set(label, create(label, started))

  const admit = (label: string): Kind => {
    const customer = create(label, now())
    customer.weight = weight
    known.set(label, customer)
    ranked.add(customer)
    return customer
  }

  const reservedCustomer = (label: string): Kind => {
    const found = nobody.get(label) ?? create(label, started)
    nobody.set(label, found)
    return found
  }

  const newcomer = (value: unknown): Kind => {
    const label = customerLabel(value)
    if (label !== value) return reservedCustomer(label)
    if (ranked.size + retiring.size < limit) return admit(label)
    candidates.add(label, weight)
    return reservedCustomer(placeholders.rest)
  }

  /** Requests weigh twice as much each half-life; the scale is set back before numbers grow large. */
  const advanceWeight = (time: number): void => {
    weight = 2 ** ((time - epoch) / halfLifeMilliseconds)
    if (weight < 1e6) return
    const factor = 1 / weight
    for (const customer of known.values()) customer.weight *= factor
    candidates.scale(factor)
    epoch = time
    weight = 1
  }

  const retire = (customer: Kind, time: number): void => {
    ranked.delete(customer)
    known.delete(customer.label)
    candidates.add(customer.label, customer.weight)
    retiring.add({ customer, since: time, shown: [] })
  }

  const review = (time: number): void => {
    advanceWeight(time)
    const stayed = [...ranked]
      .filter(({ since }) => time - since >= leastStayMilliseconds)
      .toSorted((a, b) => a.weight - b.weight)
    const [lightest] = stayed
    if (!lightest) return
    const least = Math.max(lightest.weight * advantage, leastRequests * weight)
    // Labels that are on their way out are spoken for by the heaviest.
    const waiting = candidates.heavierThan(least).slice(retiring.size)
    for (const [index, { atLeast }] of waiting.entries()) {
      const leaving = stayed[index]
      if (!leaving || atLeast <= leaving.weight * advantage) break
      retire(leaving, time)
    }
  }

  const isDone = ({ shown, since }: Retiring<Kind>, at: number): boolean =>
    lastCollects.every(({ holdMilliseconds, reader, time }) => {
      if (at - Math.max(time, since) > readerAbsenceMilliseconds) return true
      const first = shown[reader]
      return first !== undefined && time - first >= holdMilliseconds
    })

  const releaseLabels = (collect: Collect): void => {
    for (const leaving of retiring) {
      leaving.shown[collect.reader] ??= collect.time
      if (!isDone(leaving, collect.time)) continue
      retiring.delete(leaving)
      leaving.customer.forget()
      const [heaviest] = candidates.heavierThan(0)
      if (!heaviest) continue
      candidates.remove(heaviest.value)
      admit(heaviest.value).weight = heaviest.atLeast
    }
  }

  store.onCollected((collect) => {
    lastCollects[collect.reader] = collect
    review(collect.time)
    releaseLabels(collect)
  })

  return {
    of: (value) => {
      requestsUntilReview -= 1
      if (requestsUntilReview === 0) {
        requestsUntilReview = requestsBetweenReviews
        review(now())
      }
      const customer = known.get(value) ?? newcomer(value)
      customer.weight += weight
      return customer
    },
    get tracked() {
      return known.size + retiring.size
    },
  }
}
