import {
  AggregationTemporality,
  AggregationType,
  type ExponentialHistogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addExponentially,
  countsSince,
  createExponentialSeries,
  emptyCounts,
  type ExponentialCounts,
  totalOf,
} from './exponential-counts.ts'

// Durations as they come, and everything else a number can be.
const anyValue = fc.oneof(
  fc.double({ min: 0.001, max: 10, noNaN: true }),
  fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }),
  fc.integer({ min: -1074, max: 1023 }).map((exponent) => 2 ** exponent),
  fc.constantFrom(0, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -1022, 1, 1 - 2 ** -53, 1 + 2 ** -52),
)
const anyValues = fc.array(anyValue, { maxLength: 400 })

const seriesOf = (values: readonly number[]) => {
  const series = createExponentialSeries(0)
  for (const value of values) addExponentially(series, value)
  return series
}

const snapshot = (counts: ExponentialCounts): ExponentialCounts => ({
  ...counts,
  buckets: [...counts.buckets],
})

/** By index, at a scale that is no finer. */
const byIndex = ({ buckets, offset, scale }: ExponentialCounts, at: number) => {
  const found = new Map<number, number>()
  for (const [position, count] of buckets.entries()) {
    const index = Math.floor((offset + position) / 2 ** (scale - at))
    if (count !== 0) found.set(index, (found.get(index) ?? 0) + count)
  }
  return found
}

/** The oracle: which bucket it is by the bounds alone, as the specification has them. */
const bucketIn = (counts: ExponentialCounts, value: number): number | undefined => {
  const width = 2 ** -counts.scale
  for (const position of counts.buckets.keys()) {
    const index = counts.offset + position
    // Compared as logarithms, since bounds of the widest buckets are beyond what a number holds.
    const [low, high] = [index * width, (index + 1) * width]
    const exponent = Math.log2(value)
    if (exponent > low && exponent <= high) return index
  }
  return undefined
}

test('every value is counted, in the bucket whose bounds it lies between', () => {
  fc.assert(
    fc.property(anyValues, (values) => {
      const series = seriesOf(values)
      const expected = new Map<number, number>()
      for (const value of values.filter((each) => each > 0)) {
        const index = bucketIn(series, value)
        expect(index).toBeDefined()
        expected.set(index!, (expected.get(index!) ?? 0) + 1)
      }
      expect(byIndex(series, series.scale)).toEqual(expected)
      expect(series.zeroCount).toBe(values.filter((each) => each === 0).length)
      expect(totalOf(series)).toBe(values.length)
      expect(series.sum).toBe(values.reduce((sum, value) => sum + value, 0))
    }),
  )
})

test('there are 160 buckets at most, and no fewer than the range needs', () => {
  fc.assert(
    fc.property(anyValues, (values) => {
      const series = seriesOf(values)
      expect(series.buckets.length).toBeLessThanOrEqual(160)
      const exponents = values.filter((value) => value > 0).map(Math.log2)
      if (exponents.length === 0 || series.scale === 20) return
      const range = Math.max(...exponents) - Math.min(...exponents)
      // One scale finer and it would not have fitted.
      expect(range * 2 ** (series.scale + 1)).toBeGreaterThan(158)
    }),
  )
})

test('what came since then and what was there then are what is there, though the scale fell between', () => {
  fc.assert(
    fc.property(fc.array(anyValues, { maxLength: 6 }), (turns) => {
      const series = createExponentialSeries(0)
      let before = emptyCounts()
      const deltas = turns.map((values) => {
        for (const value of values) addExponentially(series, value)
        const came = countsSince(series, before)
        expect(totalOf(came)).toBe(values.length)
        expect(came.scale).toBe(series.scale)
        expect(came.buckets.every((count) => count >= 0)).toBe(true)
        expect(came.buckets.at(0)).not.toBe(0)
        expect(came.buckets.at(-1)).not.toBe(0)
        before = snapshot(series)
        return came
      })
      const added = new Map<number, number>()
      for (const delta of deltas) {
        for (const [index, count] of byIndex(delta, series.scale))
          added.set(index, (added.get(index) ?? 0) + count)
      }
      expect(added).toEqual(byIndex(series, series.scale))
      expect(deltas.reduce((sum, { zeroCount }) => sum + zeroCount, 0)).toBe(series.zeroCount)
    }),
  )
})

test('an OpenTelemetry SDK counts the same values alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.constant(0)), {
        minLength: 1,
        maxLength: 300,
      }),
      async (values) => {
        const theirs = await inSdk(values)
        const ours = seriesOf(values)
        expect(totalOf(ours)).toBe(theirs.count)
        expect(ours.zeroCount).toBe(theirs.zeroCount)
        // It says 0 where there is nothing but zeros.
        if (ours.buckets.length > 0) expect(ours.scale).toBe(theirs.scale)
      },
    ),
    { numRuns: 30 },
  )
})

const inSdk = async (values: readonly number[]): Promise<ExponentialHistogram> => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({
    readers: [reader],
    views: [{ instrumentName: '*', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  })
  const histogram = provider.getMeter('test').createHistogram('h')
  for (const value of values) histogram.record(value)
  const { resourceMetrics } = await reader.collect()
  await provider.shutdown()
  return resourceMetrics.scopeMetrics[0]!.metrics[0]!.dataPoints[0]!.value as ExponentialHistogram
}
