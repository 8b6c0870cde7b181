import type { Outcome } from 'cx-definition'

/** A label set and its numbers. `id` counts up from 0 over all series, for what a reader remembers of it. */
interface Series {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** By label: customer, method, route and, where they apply, status code and outcome. */
  readonly labels: SeriesLabels
}

export interface SeriesLabels {
  readonly customer: string
  readonly method: string
  readonly route: string
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

/** What one status code of one operation of one customer adds to. */
interface RequestSeries {
  readonly counter: CounterSeries
  readonly histogram: HistogramSeries
}

interface OperationSeries {
  readonly byStatus: Map<number, RequestSeries>
  readonly byOutcome: Map<Outcome, HistogramSeries>
}

export interface SeriesStore {
  readonly bounds: readonly number[]
  readonly counters: readonly CounterSeries[]
  readonly histograms: readonly HistogramSeries[]
  /** The series of a label set, made at zero when it is new. */
  requestSeries(
    customer: string,
    method: string,
    route: string,
    statusCode: number,
    outcome: Outcome,
  ): RequestSeries
}

/** Nested maps by label value: no key is built and nothing allocated for a label set already seen. */
export const createSeriesStore = (bounds: readonly number[], now: () => number): SeriesStore => {
  const root = new Map<string, Map<string, Map<string, OperationSeries>>>()
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

  return {
    bounds,
    counters,
    histograms,
    requestSeries: (customer, method, route, statusCode, outcome) => {
      const methods = child(root, customer, () => new Map<string, Map<string, OperationSeries>>())
      const routes = child(methods, method, () => new Map<string, OperationSeries>())
      const operation = child(routes, route, newOperation)
      const known = operation.byStatus.get(statusCode)
      if (known !== undefined) return known
      const labels = { customer, method, route, outcome }
      const series = {
        counter: newCounter({ ...labels, statusCode }),
        histogram: child(operation.byOutcome, outcome, () => newHistogram(labels)),
      }
      operation.byStatus.set(statusCode, series)
      return series
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

const newOperation = (): OperationSeries => ({ byStatus: new Map(), byOutcome: new Map() })
