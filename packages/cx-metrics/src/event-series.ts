import type { CounterSeries, HistogramSeries } from './series-store.ts'

/** What one event adds to: a list, whose few items are found sooner and in less memory than in a map. */
export interface EventSeries<Key> {
  /** The status code of a request, the outcome of a job. */
  readonly key: Key
  readonly counter: CounterSeries
  readonly histogram: HistogramSeries
  /** Of the same route, or the same job. */
  next: EventSeries<Key> | undefined
}

export const seriesOf = <Key>(
  first: EventSeries<Key> | undefined,
  key: Key,
): EventSeries<Key> | undefined => {
  let series = first
  while (series !== undefined && series.key !== key) series = series.next
  return series
}

/** Those of every list. */
export function* all<Key>(
  lists: ReadonlyMap<string, EventSeries<Key>>,
): Generator<EventSeries<Key>> {
  for (const first of lists.values()) {
    for (let series: typeof first | undefined = first; series; series = series.next) yield series
  }
}

/** Last, since what came first is mostly what comes most. */
export const append = <Key>(
  lists: Map<string, EventSeries<Key>>,
  name: string,
  series: EventSeries<Key>,
): EventSeries<Key> => {
  let last = lists.get(name)
  while (last?.next !== undefined) last = last.next
  if (last === undefined) lists.set(name, series)
  else last.next = series
  return series
}
