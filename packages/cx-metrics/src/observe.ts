import { addExponentially } from './exponential-counts.ts'
import type { HistogramSeries } from './series-store.ts'
import { warnOnce } from './warn-once.ts'

/** Adds a duration in seconds to a histogram; one that cannot be is left out with a warning. */
export const observe = (
  histogram: HistogramSeries,
  bounds: readonly number[],
  seconds: number,
): void => {
  if (!(seconds >= 0 && seconds < Infinity)) {
    warnOnce('a duration that is negative or no finite number was taken as 0 or left out')
    // A clock that was set back must not make the sum fall: Prometheus would take that for a restart.
    if (seconds < 0) observe(histogram, bounds, 0)
    return
  }
  let bucket = 0
  while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1
  histogram.counts[bucket] = (histogram.counts[bucket] as number) + 1
  histogram.sum += seconds
  if (histogram.exponential !== undefined) addExponentially(histogram.exponential, seconds)
}
