import { type HrTime, ValueType } from '@opentelemetry/api'
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics'
import { createReader, type Turn } from './reader.ts'
import type {
  Family,
  HistogramFamily,
  HistogramSeries,
  Series,
  SeriesStore,
  CounterSeries,
} from './series-store.ts'

export interface StoreProducer extends MetricProducer {
  /** Shows every series' value from now on; for the last collect before the process ends. */
  release(): void
}

/** Hands a store to OpenTelemetry. Each reader needs a producer of its own: what it has seen is its own. */
export const createProducer = (store: SeriesStore): StoreProducer => {
  const reader = createReader(store)

  const collect = (): MetricData[] => {
    const turn = reader.begin()
    const metrics = store.families
      .filter(({ series }) => series.size > 0)
      .map((family) => metricData(family, turn))
    turn.done()
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
    release: reader.release,
  }
}

// Readers take the SDK's resource and ignore a producer's.
const noResource = {
  attributes: {},
  merge: (other) => other ?? noResource,
  getRawAttributes: () => [],
} as CollectionResult['resourceMetrics']['resource']

const metricData = (family: Family, turn: Turn): MetricData => {
  const { description, kind, name, unit } = family.instrument
  const base = {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  if (family.bounds) {
    const dataPoints = [...family.series].map((series) => histogramPoint(series, family, turn))
    return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints }
  }
  if (kind === 'gauge') {
    const dataPoints = [...family.series].map((series) => point(series, turn, series.value))
    return { ...base, dataPointType: DataPointType.GAUGE, dataPoints }
  }
  const dataPoints = [...family.series].map((series) => counterPoint(series, turn))
  return { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
}

const counterPoint = (series: CounterSeries, turn: Turn): DataPoint<number> =>
  point(series, turn, turn.isHeld(series) ? 0 : series.value)

const histogramPoint = (
  series: HistogramSeries,
  { bounds }: HistogramFamily,
  turn: Turn,
): DataPoint<Histogram> => {
  const held = turn.isHeld(series)
  const counts = Array.from(series.counts, (count) => (held ? 0 : count))
  return point(series, turn, {
    buckets: { boundaries: bounds as number[], counts },
    sum: held ? 0 : series.sum,
    count: counts.reduce((total, count) => total + count, 0),
  })
}

const point = <Value>(
  { attributes, startedAt }: Series,
  { time }: Turn,
  value: Value,
): DataPoint<Value> => ({
  startTime: hrTime(startedAt),
  endTime: hrTime(time),
  attributes,
  value,
})

const hrTime = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
]
