/**
 * Counts in buckets that grow by a constant factor, finer the narrower the values' range is: OpenTelemetry's
 * base-2 exponential histogram, https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram.
 * Bucket `index` holds the values above `2 ** (index / 2 ** scale)` up to `2 ** ((index + 1) / 2 ** scale)`.
 */
export interface ExponentialCounts {
  /** Falls as the range grows, and never rises again. */
  readonly scale: number
  /** The index of the first bucket. */
  readonly offset: number
  readonly buckets: readonly number[]
  readonly zeroCount: number
  readonly sum: number
}

/** Those of a series, from when on a reader wanted them. */
export interface ExponentialSeries {
  readonly startedAtSeconds: number
  scale: number
  offset: number
  buckets: number[]
  zeroCount: number
  sum: number
}

// What the specification of OpenTelemetry's SDK sets:
// https://opentelemetry.io/docs/specs/otel/metrics/sdk/#base2-exponential-bucket-histogram-aggregation
const mostBuckets = 160
const finestScale = 20

export const emptyCounts = (scale = finestScale): ExponentialCounts => ({
  scale,
  offset: 0,
  buckets: [],
  zeroCount: 0,
  sum: 0,
})

export const createExponentialSeries = (startedAtSeconds: number): ExponentialSeries => ({
  startedAtSeconds,
  ...emptyCounts(),
  buckets: [],
})

/** @param value finite, and not negative */
export const addExponentially = (series: ExponentialSeries, value: number): void => {
  series.sum += value
  if (value === 0) {
    series.zeroCount += 1
    return
  }
  const index = finestIndex(value) >> (finestScale - series.scale)
  const drop = scaleDrop(series, index)
  if (drop > 0) {
    series.buckets = merged(series.offset, series.buckets, drop)
    series.offset >>= drop
    series.scale -= drop
  }
  countIn(series, index >> drop)
}

const countIn = (series: ExponentialSeries, index: number): void => {
  const { buckets } = series
  if (buckets.length === 0) series.offset = index
  while (index < series.offset) {
    buckets.unshift(0)
    series.offset -= 1
  }
  while (index >= series.offset + buckets.length) buckets.push(0)
  buckets[index - series.offset] = (buckets[index - series.offset] as number) + 1
}

/** What came after `before`, of the same series: at the scale of now, which is the coarser one. */
export const countsSince = (
  now: ExponentialCounts,
  before: ExponentialCounts,
): ExponentialCounts => {
  const drop = before.scale - now.scale
  const buckets = [...now.buckets]
  const first = (before.offset >> drop) - now.offset
  for (const [index, count] of merged(before.offset, before.buckets, drop).entries()) {
    buckets[first + index] = (buckets[first + index] as number) - count
  }
  const start = Math.max(
    0,
    buckets.findIndex((count) => count > 0),
  )
  return {
    scale: now.scale,
    offset: now.offset + start,
    buckets: buckets.slice(start, buckets.findLastIndex((count) => count > 0) + 1),
    zeroCount: now.zeroCount - before.zeroCount,
    sum: now.sum - before.sum,
  }
}

export const totalOf = ({ buckets, zeroCount }: ExponentialCounts): number =>
  buckets.reduce((total, count) => total + count, zeroCount)

/** The bucket at the finest scale. Each step to a coarser one halves it, so that bits of it are enough from there on. */
const finestIndex = (value: number): number => Math.ceil(Math.log2(value) * 2 ** finestScale) - 1

/** By how much the scale must fall for the buckets to hold one more index. */
const scaleDrop = ({ buckets, offset }: ExponentialCounts, index: number): number => {
  if (buckets.length === 0) return 0
  let low = Math.min(offset, index)
  let high = Math.max(offset + buckets.length - 1, index)
  let drop = 0
  while (high - low >= mostBuckets) {
    low >>= 1
    high >>= 1
    drop += 1
  }
  return drop
}

/** The buckets at a coarser scale, the first of them at `offset >> drop`. */
const merged = (offset: number, buckets: readonly number[], drop: number): number[] => {
  const coarse: number[] = []
  for (const [index, count] of buckets.entries()) {
    const target = ((offset + index) >> drop) - (offset >> drop)
    coarse[target] = (coarse[target] ?? 0) + count
  }
  return coarse
}
