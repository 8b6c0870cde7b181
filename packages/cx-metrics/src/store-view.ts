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
  startOf(series: Series): number
  /** Undefined where there is nothing to show. */
  counter(series: CounterSeries): number | undefined
  histogram(series: HistogramSeries): HistogramValues | undefined
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
    startOf: ({ startedAt }) => startedAt,
    counter: (series) => (turn.isHeld(series) ? 0 : series.value),
    histogram: (series) =>
      turn.isHeld(series) ? { counts: series.counts.map(() => 0), sum: 0 } : series,
  }
}

/** What came since the last turn; series to which nothing came are left out. */
export const deltaView = (store: SeriesStore): StoreView => {
  const reader = createReader(store)
  // Nothing is lost that has no zero before it, so nothing is held.
  reader.release()
  const counted = new WeakMap<Series, number>()
  const observed = new WeakMap<Series, HistogramValues>()
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
  }
}
