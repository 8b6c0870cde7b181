import { type HrTime, ValueType } from '@opentelemetry/api'
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type ExponentialHistogram,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics'
import { type ExponentialCounts, totalOf } from './exponential-counts.ts'
import { cumulativeView, deltaView, type StoreView } from './store-view.ts'
import type { Family, HistogramFamily, Series, SeriesStore } from './series-store.ts'

/** OpenTelemetry's producer over a recorder's store, for one reader. */
export interface StoreProducer extends MetricProducer {
  /** Shows every series' value from now on; for the last collect before the process ends. */
  release(): void
}

export interface ProducerOptions {
  /** What a reader's backend wants: totals since the start, or what came since the last collect. */
  readonly temporality?: 'cumulative' | 'delta'
  /**
   * Exponential buckets fit themselves to the values; they hold what came after this call, so make the producer
   * before anything is recorded. exporter-prometheus shows explicit ones only, which have the catalog's bounds.
   */
  readonly histograms?: 'explicit' | 'exponential'
}

/**
 * Hands a store to an OpenTelemetry reader, as one of its `metricProducers`. A reader needs a producer of its own:
 * what it has shown is its own, and a reader tells nobody who it is.
 */
export const createProducer = (
  store: SeriesStore,
  { histograms = 'explicit', temporality = 'cumulative' }: ProducerOptions = {},
): StoreProducer => {
  if (histograms === 'exponential') store.keepExponentials()
  const view = temporality === 'delta' ? deltaView(store) : cumulativeView(store)

  const collect = (): MetricData[] => {
    view.begin()
    const metrics = store.families
      .map((family) => metricData(family, view, histograms))
      .filter(({ dataPoints }) => dataPoints.length > 0)
    view.done()
    return metrics
  }

  return {
    // Never rejects: exporter-prometheus would answer 200 with a comment instead of the metrics.
    collect: async (): Promise<CollectionResult> => {
      const errors: unknown[] = []
      let metrics: MetricData[] = []
      try {
        metrics = collect()
      } catch (error) {
        errors.push(error)
      }
      const scopeMetrics = [{ scope: { name: 'cx-metrics' }, metrics }]
      return { resourceMetrics: { resource: noResource, scopeMetrics }, errors }
    },
    release: view.release,
  }
}

// Readers take the SDK's resource and ignore a producer's.
const noResource = {
  attributes: {},
  merge: (other) => other ?? noResource,
  getRawAttributes: () => [],
} as CollectionResult['resourceMetrics']['resource']

const metricData = (
  family: Family,
  view: StoreView,
  histograms: NonNullable<ProducerOptions['histograms']>,
): MetricData => {
  const { description, kind, name, unit } = family.instrument
  const base = {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: view.isDelta
      ? AggregationTemporality.DELTA
      : AggregationTemporality.CUMULATIVE,
  }
  if (family.bounds && histograms === 'exponential') {
    const dataPoints = [...family.series].flatMap((series) => {
      const shown = view.exponential(series)
      return shown ? [point(series, view, exponentialValue(shown), series.exponential)] : []
    })
    return { ...base, dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM, dataPoints }
  }
  if (family.bounds) {
    const dataPoints = [...family.series].flatMap((series) => {
      const shown = view.histogram(series)
      return shown ? [point(series, view, histogramValue(family, shown))] : []
    })
    return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints }
  }
  if (kind === 'gauge') {
    const dataPoints = [...family.series].map((series) => point(series, view, series.value))
    return { ...base, dataPointType: DataPointType.GAUGE, dataPoints }
  }
  const dataPoints = [...family.series].flatMap((series) => {
    const shown = view.counter(series)
    return shown === undefined ? [] : [point(series, view, shown)]
  })
  return { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
}

const histogramValue = (
  { bounds }: HistogramFamily,
  { counts, sum }: { readonly counts: readonly number[]; readonly sum: number },
): Histogram => ({
  buckets: { boundaries: bounds as number[], counts: [...counts] },
  sum,
  count: counts.reduce((total, count) => total + count, 0),
})

const exponentialValue = (shown: ExponentialCounts): ExponentialHistogram => ({
  count: totalOf(shown),
  sum: shown.sum,
  scale: shown.scale,
  zeroCount: shown.zeroCount,
  positive: { offset: shown.offset, bucketCounts: [...shown.buckets] },
  negative: { offset: 0, bucketCounts: [] },
})

const point = <Value>(
  series: Series,
  view: StoreView,
  value: Value,
  started: Pick<Series, 'startedAtSeconds'> = series,
): DataPoint<Value> => ({
  startTime: hrTime(view.startOf(started)),
  endTime: hrTime(view.time),
  attributes: series.attributes,
  value,
})

const hrTime = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
]
