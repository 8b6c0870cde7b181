import {
  attributes,
  buildInfo,
  type Catalog,
  customersTracked,
  httpMethods,
  jobDuration,
  jobs,
  type Outcome,
  requestDuration,
  requests,
} from 'cx-definition'
import { type Customer, createCustomers } from './customers.ts'
import { all, append, type EventSeries, seriesOf } from './event-series.ts'
import { createNameLimit } from './name-limit.ts'
import { observe } from './observe.ts'
import { outcomeOf } from './outcome.ts'
import { createSeriesStore, type SeriesStore } from './series-store.ts'
import { warnOnce } from './warn-once.ts'

/** One answered request. */
export interface RequestRecord {
  /** As the service knows it; anything but a short well-formed string becomes `none` or `invalid`. */
  readonly customer: unknown
  readonly method: string
  /** The route's template, never the raw URL. */
  readonly route: string
  readonly statusCode: number
  readonly durationSeconds: number
}

/** One job that has ended. */
export interface JobRecord {
  /** As for a request. */
  readonly customer: unknown
  /** One of a few names that the code gives, never an id. */
  readonly name: string
  readonly outcome: Outcome
  readonly durationSeconds: number
}

/** Records; never throws and never blocks: what cannot be recorded is dropped with one warning for its cause. */
export interface Recorder {
  readonly store: SeriesStore
  recordRequest(request: RequestRecord): void
  recordJob(job: JobRecord): void
}

export interface RecorderOptions {
  readonly catalog: Pick<Catalog, 'dimension' | 'durationBounds'>
  readonly build?: { readonly version: string; readonly commit: string }
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** Nested by label value: no key is built and nothing allocated for a label set already seen. */
interface CustomerSeries extends Customer {
  /** By method and route. */
  readonly requests: Map<string, Map<string, EventSeries<number>>>
  /** By name. */
  readonly jobs: Map<string, EventSeries<Outcome>>
}

/** A recorder with a store of its own, for readers of your own; `startMetrics` makes one by itself. */
export const createRecorder = ({ build, catalog, now = Date.now }: RecorderOptions): Recorder => {
  const { dimension, durationBounds } = catalog
  const store = createSeriesStore({ dimensionName: dimension.name, now })
  const requestCounters = store.counters(requests)
  const requestHistograms = store.histograms(requestDuration, durationBounds)
  const jobCounters = store.counters(jobs)
  const jobHistograms = store.histograms(jobDuration, durationBounds)
  if (build) store.gauges(buildInfo).add({ ...build }, () => 1)
  store.gauges(customersTracked).add({}, () => customers.tracked)

  const forget = (customer: CustomerSeries): void => {
    for (const byRoute of customer.requests.values()) {
      for (const { counter, histogram } of all(byRoute)) {
        requestCounters.series.delete(counter)
        requestHistograms.series.delete(histogram)
      }
    }
    for (const { counter, histogram } of all(customer.jobs)) {
      jobCounters.series.delete(counter)
      jobHistograms.series.delete(histogram)
    }
  }

  const createCustomer = (label: string, since: number): CustomerSeries => {
    const customer: CustomerSeries = {
      label,
      since,
      weight: 0,
      requests: new Map(),
      jobs: new Map(),
      forget: () => forget(customer),
    }
    return customer
  }

  const customers = createCustomers({ dimension, store, create: createCustomer })

  const boundedRoute = createNameLimit('routes', 'are they templates, or URLs')
  const boundedJobName = createNameLimit('job names', 'are there ids in them')

  const addRequestSeries = (
    customer: CustomerSeries,
    request: RequestRecord,
  ): EventSeries<number> => {
    const { statusCode } = request
    if (typeof request.route !== 'string' || !isStatusCode(statusCode)) {
      throw new TypeError('a request needs a route and a status code from 100 to 599')
    }
    const method = knownMethods.has(request.method) ? request.method : otherMethod
    // Names that differ in halves of surrogate pairs alone would be one and the same on the page.
    const route = boundedRoute(request.route.toWellFormed())
    const byRoute = child(customer.requests, method, () => new Map<string, EventSeries<number>>())
    const found = seriesOf(byRoute.get(route), statusCode)
    if (found) return found
    const outcome = outcomeOf(statusCode)
    const operation = {
      [dimension.name]: customer.label,
      [attributes.method]: method,
      [attributes.route]: route,
      [attributes.outcome]: outcome,
    }
    // A histogram for each code would cost a dozen series more, so codes of one outcome share theirs.
    let sibling = byRoute.get(route)
    while (sibling !== undefined && outcomeOf(sibling.key) !== outcome) sibling = sibling.next
    return append(byRoute, route, {
      key: statusCode,
      counter: requestCounters.add({ ...operation, [attributes.statusCode]: statusCode }),
      histogram: sibling?.histogram ?? requestHistograms.add(operation),
      next: undefined,
    })
  }

  const addJobSeries = (
    customer: CustomerSeries,
    { name: given, outcome }: JobRecord,
  ): EventSeries<Outcome> => {
    const name = boundedJobName(given.toWellFormed())
    const found = seriesOf(customer.jobs.get(name), outcome)
    if (found) return found
    const labels = {
      [dimension.name]: customer.label,
      [attributes.jobName]: name,
      [attributes.outcome]: outcome,
    }
    return append(customer.jobs, name, {
      key: outcome,
      counter: jobCounters.add(labels),
      histogram: jobHistograms.add(labels),
      next: undefined,
    })
  }

  const count = ({ counter, histogram }: EventSeries<unknown>, durationSeconds: number): void => {
    counter.value += 1
    observe(histogram, durationBounds, durationSeconds)
  }

  return {
    store,
    recordRequest: (request) => {
      try {
        const customer = customers.of(request.customer)
        const series =
          seriesOf(customer.requests.get(request.method)?.get(request.route), request.statusCode) ??
          addRequestSeries(customer, request)
        count(series, request.durationSeconds)
      } catch (error) {
        warnOnce('a request could not be recorded', error)
      }
    },
    recordJob: (job) => {
      try {
        const customer = customers.of(job.customer)
        const series =
          seriesOf(customer.jobs.get(job.name), job.outcome) ?? addJobSeries(customer, job)
        count(series, job.durationSeconds)
      } catch (error) {
        warnOnce('a job could not be recorded', error)
      }
    },
  }
}

/** What OpenTelemetry's semantic conventions call a method that is none of HTTP's. */
const otherMethod = '_OTHER'
const knownMethods = new Set<string>(httpMethods)

const isStatusCode = (code: unknown): boolean =>
  Number.isInteger(code) && Number(code) >= 100 && Number(code) < 600

const child = <Key, Value>(parent: Map<Key, Value>, key: Key, create: () => Value): Value => {
  const known = parent.get(key)
  if (known !== undefined) return known
  const created = create()
  parent.set(key, created)
  return created
}
