import type { Catalog } from 'cx-definition'
import { createCustomerBudget } from './customer-budget.ts'
import { outcomeOf } from './outcome.ts'
import { createSeriesStore, type HistogramSeries, type SeriesStore } from './series-store.ts'
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
  const customerLabel = createCustomerBudget(dimension)
  const store = createSeriesStore(durationBounds, now)

  const recordRequest = (request: RequestRecord): void => {
    try {
      const { method, route, statusCode } = request
      const customer = customerLabel(request.customer)
      const outcome = outcomeOf(statusCode)
      const series = store.requestSeries(customer, method, route, statusCode, outcome)
      series.counter.value += 1
      observe(series.histogram, durationBounds, request.durationSeconds)
    } catch (error) {
      warnOnce('a request could not be recorded', error)
    }
  }

  return { store, recordRequest }
}

const observe = (
  histogram: HistogramSeries,
  bounds: readonly number[],
  durationSeconds: number,
): void => {
  // A clock that was set back must not make the sum fall: Prometheus would take that for a restart.
  const value = durationSeconds > 0 ? durationSeconds : 0
  if (value !== durationSeconds || value === Infinity) {
    warnOnce('a duration that is negative or no finite number was taken as 0 or left out')
    if (value !== 0 || Number.isNaN(durationSeconds)) return
  }
  let bucket = 0
  while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1
  histogram.counts[bucket] = (histogram.counts[bucket] as number) + 1
  histogram.sum += value
}
