import type { Catalog } from 'cx-definition'
import { createCustomerBudget } from './customer-budget.ts'
import {
  createSeriesStore,
  type CustomerSeries,
  type HistogramSeries,
  type SeriesStore,
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

export interface Recorder {
  readonly store: SeriesStore
  /** Never throws and never blocks: what cannot be recorded is dropped with one warning for its cause. */
  recordRequest(request: RequestRecord): void
}

export type RecorderCatalog = Pick<Catalog, 'dimension' | 'durationBounds'>

export const createRecorder = (
  { dimension, durationBounds }: RecorderCatalog,
  now: () => number = Date.now,
): Recorder => {
  const store = createSeriesStore(durationBounds, now)
  const seriesOf = customerLookup(store, createCustomerBudget(dimension))

  const recordRequest = (request: RequestRecord): void => {
    try {
      const { method, route, statusCode } = request
      const customer = seriesOf(request.customer)
      const series = store.requestSeries(customer, method, route, statusCode)
      series.counter.value += 1
      observe(series.histogram, durationBounds, request.durationSeconds)
    } catch (error) {
      warnOnce('a request could not be recorded', error)
    }
  }

  return { store, recordRequest }
}

/** A customer with a label of its own is checked and labelled once, not at each request. */
const customerLookup = (store: SeriesStore, labelOf: (value: unknown) => string) => {
  const known = new Map<unknown, CustomerSeries>()

  return (value: unknown): CustomerSeries => {
    const found = known.get(value)
    if (found !== undefined) return found
    const label = labelOf(value)
    const series = store.customerSeries(label)
    if (label === value) known.set(value, series)
    return series
  }
}

const observe = (
  histogram: HistogramSeries,
  bounds: readonly number[],
  durationSeconds: number,
): void => {
  if (!(durationSeconds >= 0 && durationSeconds < Infinity)) {
    warnOnce('a duration that is negative or no finite number was taken as 0 or left out')
    // A clock that was set back must not make the sum fall: Prometheus would take that for a restart.
    if (durationSeconds < 0) observe(histogram, bounds, 0)
    return
  }
  let bucket = 0
  while (bucket < bounds.length && durationSeconds > (bounds[bucket] as number)) bucket += 1
  histogram.counts[bucket] = (histogram.counts[bucket] as number) + 1
  histogram.sum += durationSeconds
}
