import {
  attributes,
  buildInfo,
  type Catalog,
  customersTracked,
  jobDuration,
  jobs,
  type Outcome,
  requestDuration,
  requests,
} from 'cx-definition'
import { type Customer, createCustomers } from './customers.ts'
import { observe } from './observe.ts'
import { outcomeOf } from './outcome.ts'
import {
  createSeriesStore,
  type HistogramSeries,
  type SeriesStore,
  type CounterSeries,
} from './series-store.ts'
import { warnOnce } from './warn-once.ts'

export interface RequestRecord {
  /** As the service knows it; anything but a short well-formed string becomes `none` or `invalid`. */
  readonly customer: unknown
  readonly method: string
  /** The route's template, never the raw URL. */
  readonly route: string
  readonly statusCode: number
  readonly durationSeconds: number
}

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

/** What one event adds to. */
interface EventSeries {
  readonly counter: CounterSeries
  readonly histogram: HistogramSeries
}

type ByOutcome<Key> = Map<Key, EventSeries>

/** Nested maps by label value: no key is built and nothing allocated for a label set already seen. */
interface CustomerSeries extends Customer {
  readonly requests: Map<string, Map<string, ByOutcome<number>>>
  readonly jobs: Map<string, ByOutcome<Outcome>>
}

export const createRecorder = ({ build, catalog, now = Date.now }: RecorderOptions): Recorder => {
  const { dimension, durationBounds } = catalog
  const store = createSeriesStore(now)
  const requestCounters = store.counters(requests)
  const requestHistograms = store.histograms(requestDuration, durationBounds)
  const jobCounters = store.counters(jobs)
  const jobHistograms = store.histograms(jobDuration, durationBounds)
  if (build) store.gauges(buildInfo).add({ ...build }, () => 1)
  store.gauges(customersTracked).add({}, () => customers.tracked)

  const forget = (customer: CustomerSeries): void => {
    for (const byRoute of customer.requests.values()) {
      for (const byStatus of byRoute.values()) {
        for (const { counter, histogram } of byStatus.values()) {
          requestCounters.series.delete(counter)
          requestHistograms.series.delete(histogram)
        }
      }
    }
    for (const byOutcome of customer.jobs.values()) {
      for (const { counter, histogram } of byOutcome.values()) {
        jobCounters.series.delete(counter)
        jobHistograms.series.delete(histogram)
      }
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

  const addRequestSeries = (
    customer: CustomerSeries,
    { method, route, statusCode }: RequestRecord,
  ): EventSeries => {
    const byRoute = child(customer.requests, method, () => new Map<string, ByOutcome<number>>())
    const byStatus = child(byRoute, route, () => new Map<number, EventSeries>())
    const outcome = outcomeOf(statusCode)
    const operation = {
      [dimension.name]: customer.label,
      [attributes.method]: method,
      [attributes.route]: route,
    }
    // A histogram for each code would cost a dozen series more, so codes of one outcome share theirs.
    const sibling = [...byStatus].find(([code]) => outcomeOf(code) === outcome)
    const series = {
      counter: requestCounters.add({ ...operation, [attributes.statusCode]: statusCode, outcome }),
      histogram: sibling?.[1].histogram ?? requestHistograms.add({ ...operation, outcome }),
    }
    byStatus.set(statusCode, series)
    return series
  }

  const addJobSeries = (customer: CustomerSeries, { name, outcome }: JobRecord): EventSeries => {
    const labels = { [dimension.name]: customer.label, [attributes.jobName]: name, outcome }
    const series = { counter: jobCounters.add(labels), histogram: jobHistograms.add(labels) }
    child(customer.jobs, name, () => new Map<Outcome, EventSeries>()).set(outcome, series)
    return series
  }

  const count = ({ counter, histogram }: EventSeries, durationSeconds: number): void => {
    counter.value += 1
    observe(histogram, durationBounds, durationSeconds)
  }

  return {
    store,
    recordRequest: (request) => {
      try {
        const customer = customers.of(request.customer)
        const series =
          customer.requests.get(request.method)?.get(request.route)?.get(request.statusCode) ??
          addRequestSeries(customer, request)
        count(series, request.durationSeconds)
      } catch (error) {
        warnOnce('a request could not be recorded', error)
      }
    },
    recordJob: (job) => {
      try {
        const customer = customers.of(job.customer)
        count(
          customer.jobs.get(job.name)?.get(job.outcome) ?? addJobSeries(customer, job),
          job.durationSeconds,
        )
      } catch (error) {
        warnOnce('a job could not be recorded', error)
      }
    },
  }
}

const child = <Key, Value>(parent: Map<Key, Value>, key: Key, create: () => Value): Value => {
  const known = parent.get(key)
  if (known !== undefined) return known
  const created = create()
  parent.set(key, created)
  return created
}
