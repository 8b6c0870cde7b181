import { countsSince, emptyCounts, type ExponentialCounts } from './exponential-counts.ts'
import { createReader, type Turn } from './reader.ts'
import type { CounterSeries, HistogramSeries, Series, SeriesStore } from './series-store.ts'

/** A store as one reader sees it, between `begin()` and `done()`. */
export interface StoreView {
  readonly isDelta: boolean
  /** When this turn began, in milliseconds since the epoch. */
  readonly time: number
  begin(): void
  done(): void
  release(): void
  /** From when on the values of this turn count, in milliseconds since the epoch. */
  startOf(series: Pick<Series, 'startedAtSeconds'>): number
  /** Undefined where there is nothing to show. */
  counter(series: CounterSeries): number | undefined
  histogram(series: HistogramSeries): HistogramValues | undefined
  /** Only of a store that keeps them. */
  exponential(series: HistogramSeries): ExponentialCounts | undefined
}

interface HistogramValues {
  readonly counts: readonly number[]
  readonly sum: number
}

/** Totals since a series' start, with new series held at 0. */
export const cumulativeView = (store: SeriesStore): StoreView => {
  const reader = createReader(store)
  let turn: Turn
  return {
    isDelta: false,
    get time() {
      return turn.time
    },
    begin: () => {
      turn = reader.begin()
    },
    done: () => turn.done(),
    release: reader.release,
    startOf: ({ startedAtSeconds }) => startedAtSeconds * 1000,
    counter: (series) => (turn.isHeld(series) ? 0 : series.value),
    histogram: (series) =>
      turn.isHeld(series) ? { counts: series.counts.map(() => 0), sum: 0 } : series,
    exponential: (series) =>
      // At the scale it will have, or at a finer one: a scale that rises is a restart to Prometheus.
      turn.isHeld(series) ? emptyCounts(series.exponential?.scale) : series.exponential,
  }
}

/** What came since the last turn; series to which nothing came are left out. */
export const deltaView = (store: SeriesStore): StoreView => {
  const reader = createReader(store)
  // Nothing is lost that has no zero before it, so nothing is held.
  reader.release()
  const counted = new WeakMap<Series, number>()
  const observed = new WeakMap<Series, HistogramValues>()
  const spread = new WeakMap<Series, ExponentialCounts>()
  let last = store.now()
  let turn: Turn
  return {
    isDelta: true,
    get time() {
      return turn.time
    },
    begin: () => {
      turn = reader.begin()
    },
    done: () => {
      last = turn.time
      turn.done()
    },
    release: () => {},
    startOf: () => last,
    counter: (series) => {
      const came = series.value - (counted.get(series) ?? 0)
      counted.set(series, series.value)
      return came > 0 ? came : undefined
    },
    histogram: (series) => {
      const before = observed.get(series)
      const counts = series.counts.map((count, index) => count - (before?.counts[index] ?? 0))
      if (counts.every((count) => count === 0)) return undefined
      observed.set(series, { counts: [...series.counts], sum: series.sum })
      return { counts, sum: series.sum - (before?.sum ?? 0) }
    },
    exponential: (series) => {
      const now = series.exponential
      if (!now) return undefined
      const came = countsSince(now, spread.get(series) ?? emptyCounts())
      if (came.buckets.length === 0 && came.zeroCount === 0) return undefined
      const { buckets, offset, scale, sum, zeroCount } = now
      spread.set(series, { buckets: [...buckets], offset, scale, sum, zeroCount })
      return came
    },
  }
}
