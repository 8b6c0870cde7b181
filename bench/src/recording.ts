import {
  MeterProvider,
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { conventionalBounds } from 'cx-definition'
import { createRecorder } from 'cx-metrics/recorder'
import { Histogram, Registry } from 'prom-client'
import { createPrototype } from './prototype.ts'
import { alternate, table } from './rounds.ts'

const rounds = 15
const recordsPerRound = 200_000

/** A request as a service has it in hand; half of the series are of one operation. */
interface Sample {
  readonly customer: string
  readonly method: string
  readonly route: string
  readonly statusCode: number
  readonly durationSeconds: number
}

const samples = (seriesCount: number): Sample[] =>
  Array.from({ length: seriesCount }, (_, index) => ({
    customer: `customer-${Math.floor(index / 4)}`,
    method: index % 2 === 0 ? 'GET' : 'PUT',
    route: index % 4 < 2 ? '/api/documents/:documentId' : '/api/documents/',
    statusCode: 200,
    durationSeconds: 0.005 + ((index * 7919) % 1000) / 2000,
  }))

const contenders = {
  prototype: () => {
    const record = createPrototype(conventionalBounds)
    return ({ customer, durationSeconds, method, route }: Sample) =>
      record(customer, method, route, '200', 'success', durationSeconds)
  },
  // A counter and a histogram at once, where the others record a histogram only.
  'cx-metrics': () => {
    const { recordRequest } = createRecorder({
      catalog: {
        dimension: { name: 'customer', limit: 1000, pinned: [] },
        durationBounds: conventionalBounds,
      },
    })
    return recordRequest
  },
  'prom-client': () => {
    const histogram = new Histogram({
      name: 'duration_seconds',
      help: 'For the benchmark',
      labelNames: ['customer', 'method', 'route', 'status', 'outcome'],
      buckets: [...conventionalBounds],
      registers: [new Registry()],
    })
    return ({ customer, durationSeconds, method, route }: Sample) =>
      histogram.observe(
        { customer, method, route, status: '200', outcome: 'success' },
        durationSeconds,
      )
  },
  'OpenTelemetry SDK': () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
    const histogram = new MeterProvider({ readers: [reader] })
      .getMeter('bench')
      .createHistogram('duration_seconds', {
        advice: { explicitBucketBoundaries: [...conventionalBounds] },
      })
    return ({ customer, durationSeconds, method, route }: Sample) =>
      histogram.record(durationSeconds, {
        customer,
        method,
        route,
        status: '200',
        outcome: 'success',
      })
  },
} as const satisfies Record<string, () => (sample: Sample) => void>

const nanosecondsPerRecord = (record: (sample: Sample) => void, all: readonly Sample[]) => () => {
  const start = process.hrtime.bigint()
  for (let index = 0; index < recordsPerRound; index += 1) record(all[index % all.length] as Sample)
  return Number(process.hrtime.bigint() - start) / recordsPerRound
}

for (const seriesCount of [40, 1000]) {
  const all = samples(seriesCount)
  const measured = await alternate(
    Object.entries(contenders).map(([name, create]) => ({
      name,
      measure: nanosecondsPerRecord(create(), all),
    })),
    rounds,
  )
  console.log(
    `\n### One record, five labels, ${seriesCount.toLocaleString('en-US')} label sets (${rounds} rounds)\n`,
  )
  console.log(table(measured, 'prototype', { unit: 'ns', digits: 0 }))
}
process.exit(0)
