import type { Outcome } from 'cx-definition'
import { outcomeOf } from './outcome.ts'

/** A label set and its numbers. `id` counts up from 0 over all series, for what a reader remembers of it. */
interface Series {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly labels: SeriesLabels
}

export interface SeriesLabels {
  readonly customer: string
  readonly method: string
  readonly route: string
  /** A counter's only: a histogram for each code would cost a dozen series more. */
  readonly statusCode?: number
  readonly outcome: Outcome
}

export interface CounterSeries extends Series {
  value: number
}

export interface HistogramSeries extends Series {
  /** One count for each bucket, not cumulative; the last is the one above the highest bound. */
  readonly counts: Float64Array
  sum: number
}

/** What one request adds to: the counter of its status code, the histogram of its outcome. */
export interface RequestSeries {
  readonly counter: CounterSeries
  readonly histogram: HistogramSeries
}

/** By method, route and status code. */
export interface CustomerSeries {
  readonly label: string
  readonly byMethod: Map<string, Map<string, Map<number, RequestSeries>>>
}

export interface SeriesStore {
  readonly bounds: readonly number[]
  readonly counters: readonly CounterSeries[]
  readonly histograms: readonly HistogramSeries[]
  customerSeries(label: string): CustomerSeries
  /** The series of a label set, made at zero when it is new. */
  requestSeries(
    customer: CustomerSeries,
    method: string,
    route: string,
    statusCode: number,
  ): RequestSeries
}

/** Nested maps by label value: no key is built and nothing allocated for a label set already seen. */
export const createSeriesStore = (bounds: readonly number[], now: () => number): SeriesStore => {
  const customers = new Map<string, CustomerSeries>()
  const counters: CounterSeries[] = []
  const histograms: HistogramSeries[] = []

  const newId = () => counters.length + histograms.length

  const newCounter = (labels: SeriesLabels): CounterSeries => {
    const series = { id: newId(), startedAt: now(), labels, value: 0 }
    counters.push(series)
    return series
  }

  const newHistogram = (labels: SeriesLabels): HistogramSeries => {
    const counts = new Float64Array(bounds.length + 1)
    const series = { id: newId(), startedAt: now(), labels, counts, sum: 0 }
    histograms.push(series)
    return series
  }

  const addSeries = (
    { byMethod, label: customer }: CustomerSeries,
    method: string,
    route: string,
    statusCode: number,
  ): RequestSeries => {
    const byRoute = child(byMethod, method, () => new Map<string, Map<number, RequestSeries>>())
    const byStatus = child(byRoute, route, () => new Map<number, RequestSeries>())
    const outcome = outcomeOf(statusCode)
    const labels = { customer, method, route, outcome }
    const sibling = [...byStatus.values()].find(({ counter }) => counter.labels.outcome === outcome)
    const series = {
      counter: newCounter({ ...labels, statusCode }),
      histogram: sibling?.histogram ?? newHistogram(labels),
    }
    byStatus.set(statusCode, series)
    return series
  }

  return {
    bounds,
    counters,
    histograms,
    customerSeries: (label) => child(customers, label, () => ({ label, byMethod: new Map() })),
    requestSeries: (customer, method, route, statusCode) =>
      customer.byMethod.get(method)?.get(route)?.get(statusCode) ??
      addSeries(customer, method, route, statusCode),
  }
}

const child = <Key, Value>(parent: Map<Key, Value>, key: Key, create: () => Value): Value => {
  const known = parent.get(key)
  if (known !== undefined) return known
  const created = create()
  parent.set(key, created)
  return created
}
