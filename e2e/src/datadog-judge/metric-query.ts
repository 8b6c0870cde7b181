import type { Recorded } from './recorded.ts'
import { tagFilter } from './tag-filter.ts'

/** What a query finds in a window: the first minute belongs to it, the last one does not. Undefined where nothing was sent. */
export type Asked = (from: number, to: number) => number | undefined

/** @throws Error where it is no query of those that are generated */
export const metricQuery = (text: string, metrics: readonly Recorded[]): Asked => {
  const [, aggregator, within, name, filter = ''] =
    /^(sum|count|max)(?:\(v: v<=([\d.]+)\))?:([\w.]+)\{([^}]*)\}(?:\.as_count\(\))?$/.exec(text) ??
    fail(text)
  const isMeant = tagFilter(filter)
  const series = metrics
    .filter(({ metric, tags }) => metric === name && isMeant(tags))
    .filter(({ took }) => within === undefined || (took ?? Infinity) <= Number(within))
  return aggregator === 'max' ? highestOf(series) : sumOf(series)
}

// Sums from the beginning, since days are asked about every minute.
const sumOf = (series: readonly Recorded[]): Asked => {
  const length = Math.max(0, ...series.map(({ perMinute }) => perMinute.length))
  const sums = [0]
  const sent = [0]
  for (let minute = 0; minute < length; minute += 1) {
    const values = series.flatMap(({ perMinute }) => perMinute[minute] ?? [])
    sums.push((sums[minute] ?? 0) + values.reduce((a, b) => a + b, 0))
    sent.push((sent[minute] ?? 0) + values.length)
  }
  const at = (list: readonly number[], minute: number) =>
    list[Math.min(Math.max(minute, 0), length)] ?? 0
  return (from, to) => (at(sent, to) === at(sent, from) ? undefined : at(sums, to) - at(sums, from))
}

const highestOf =
  (series: readonly Recorded[]): Asked =>
  (from, to) => {
    const values = series.flatMap(({ perMinute }) =>
      perMinute.slice(Math.max(from, 0), Math.max(to, 0)).flatMap((value) => value ?? []),
    )
    return values.length === 0 ? undefined : Math.max(...values)
  }

const fail = (text: string): never => {
  throw new Error(`no query: ${text}`)
}
