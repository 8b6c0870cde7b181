import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api'
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics'
import { attributes, buildInfo, type Instrument, requestDuration, requests } from 'cx-definition'
import { createFirstExposure } from './first-exposure.ts'
import type { CounterSeries, HistogramSeries, SeriesLabels, SeriesStore } from './series-store.ts'

export interface StoreProducer extends MetricProducer {
  /** Shows every series' value from now on; for the last collect before the process ends. */
  release(): void
}

export interface ProducerOptions {
  readonly store: SeriesStore
  /** The label that the catalog's dimension gives, `customer` by default. */
  readonly dimensionName: string
  readonly build: { readonly version: string; readonly commit: string }
  readonly now?: () => number
}

/** Hands a store to OpenTelemetry. Each reader needs a producer of its own: what it has seen is its own. */
export const createProducer = ({
  store,
  dimensionName,
  build,
  now = Date.now,
}: ProducerOptions): StoreProducer => {
  const exposure = createFirstExposure()
  const startedAt = hrTime(now())
  const attributesOf = attributeCache(dimensionName)

  const collect = (): MetricData[] => {
    const time = now()
    const endTime = hrTime(time)
    const isHeld = exposure.begin(time)
    return [
      sum(
        requests,
        store.counters.map((series) => counterPoint(series, isHeld(series.id))),
      ),
      histogram(
        requestDuration,
        store.histograms.map((series) => histogramPoint(series, isHeld(series.id))),
      ),
      gauge(buildInfo, [{ startTime: startedAt, endTime, attributes: { ...build }, value: 1 }]),
    ].filter(({ dataPoints }) => dataPoints.length > 0)

    function counterPoint(series: CounterSeries, held: boolean): DataPoint<number> {
      return point(series, held ? 0 : series.value)
    }

    function histogramPoint(series: HistogramSeries, held: boolean): DataPoint<Histogram> {
      const counts = held ? series.counts.map(() => 0) : series.counts
      return point(series, {
        buckets: { boundaries: store.bounds as number[], counts: Array.from(counts) },
        sum: held ? 0 : series.sum,
        count: counts.reduce((total, count) => total + count, 0),
      })
    }

    function point<Value>(series: CounterSeries | HistogramSeries, value: Value): DataPoint<Value> {
      return {
        startTime: hrTime(series.startedAt),
        endTime,
        attributes: attributesOf(series),
        value,
      }
    }
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
    release: exposure.release,
  }
}

// Readers take the SDK's resource and ignore a producer's.
const noResource = {
  attributes: {},
  merge: (other) => other ?? noResource,
  getRawAttributes: () => [],
} as CollectionResult['resourceMetrics']['resource']

const hrTime = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
]

/** A series' attributes never change, so they are made once and not at each scrape. */
const attributeCache = (dimensionName: string) => {
  const known: Attributes[] = []
  return ({ id, labels }: { readonly id: number; readonly labels: SeriesLabels }): Attributes =>
    (known[id] ??= {
      [dimensionName]: labels.customer,
      [attributes.method]: labels.method,
      [attributes.route]: labels.route,
      ...(labels.statusCode === undefined ? {} : { [attributes.statusCode]: labels.statusCode }),
      [attributes.outcome]: labels.outcome,
    })
}

const descriptor = ({ description, name, unit }: Instrument) => ({
  name,
  description,
  unit,
  valueType: ValueType.DOUBLE,
})

const sum = (instrument: Instrument, dataPoints: DataPoint<number>[]) => ({
  descriptor: descriptor(instrument),
  aggregationTemporality: AggregationTemporality.CUMULATIVE,
  dataPointType: DataPointType.SUM as const,
  isMonotonic: true,
  dataPoints,
})

const histogram = (instrument: Instrument, dataPoints: DataPoint<Histogram>[]) => ({
  descriptor: descriptor(instrument),
  aggregationTemporality: AggregationTemporality.CUMULATIVE,
  dataPointType: DataPointType.HISTOGRAM as const,
  dataPoints,
})

const gauge = (instrument: Instrument, dataPoints: DataPoint<number>[]) => ({
  descriptor: descriptor(instrument),
  aggregationTemporality: AggregationTemporality.CUMULATIVE,
  dataPointType: DataPointType.GAUGE as const,
  dataPoints,
})
