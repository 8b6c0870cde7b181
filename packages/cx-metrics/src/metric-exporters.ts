import type {
  IMetricReader,
  PeriodicExportingMetricReader,
  PushMetricExporter,
} from '@opentelemetry/sdk-metrics'

export type MetricExporterName = 'prometheus' | 'otlp'

const known: readonly string[] = ['prometheus', 'otlp', 'none']

/**
 * Where `OTEL_METRICS_EXPORTER` wants the metrics to go: `prometheus` when nothing is said, several with commas.
 * @throws Error that names what is not known.
 */
export const chosenExporters = (env: NodeJS.ProcessEnv): readonly MetricExporterName[] => {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return []
  const chosen = (env.OTEL_METRICS_EXPORTER || 'prometheus').split(',').map((name) => name.trim())
  const unknown = chosen.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(
      `OTEL_METRICS_EXPORTER holds ${unknown.join(', ')}. Use prometheus, otlp, both with a comma, or none.`,
    )
  }
  return chosen.includes('none') ? [] : ([...new Set(chosen)] as MetricExporterName[])
}

/** An exporter by its protocol, and its reader; both read the standard `OTEL_*` variables, as the specification has them. */
export interface OtlpPush {
  readonly exporter: PushMetricExporter
  readonly createReader: (
    options: Pick<
      ConstructorParameters<typeof PeriodicExportingMetricReader>[0],
      'metricProducers'
    >,
  ) => IMetricReader
}

const histogramAggregations = {
  explicit_bucket_histogram: 'explicit',
  base2_exponential_bucket_histogram: 'exponential',
} as const

/**
 * What `OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION` wants histograms to be pushed as: `explicit` when
 * nothing is said, undefined when it is not known.
 */
export const otlpHistograms = (env: NodeJS.ProcessEnv): 'explicit' | 'exponential' | undefined => {
  const name = (env[histogramsVariable] || 'explicit_bucket_histogram').trim().toLowerCase()
  return Object.hasOwn(histogramAggregations, name)
    ? histogramAggregations[name as keyof typeof histogramAggregations]
    : undefined
}

export const histogramsVariable = 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION'

const packages = {
  grpc: () => import('@opentelemetry/exporter-metrics-otlp-grpc'),
  'http/json': () => import('@opentelemetry/exporter-metrics-otlp-http'),
  'http/protobuf': () => import('@opentelemetry/exporter-metrics-otlp-proto'),
} as const

const defaultProtocol = 'http/protobuf'

/** @throws Error when the protocol is not known or its package is not installed. */
export const otlpPush = async (env: NodeJS.ProcessEnv): Promise<OtlpPush> => {
  const protocol =
    env.OTEL_EXPORTER_OTLP_METRICS_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || defaultProtocol
  if (!Object.hasOwn(packages, protocol)) {
    throw new Error(
      `OTEL_EXPORTER_OTLP_PROTOCOL is ${protocol}. Use one of ${Object.keys(packages).join(', ')}.`,
    )
  }
  const [{ OTLPMetricExporter }, sdk] = await Promise.all([
    packages[protocol as keyof typeof packages](),
    import('@opentelemetry/sdk-metrics'),
  ])
  const exporter = new OTLPMetricExporter({
    // For the host's own instruments; the exporter does not read this variable.
    aggregationPreference: (type) => ({
      type:
        type === sdk.InstrumentType.HISTOGRAM && otlpHistograms(env) === 'exponential'
          ? sdk.AggregationType.EXPONENTIAL_HISTOGRAM
          : sdk.AggregationType.DEFAULT,
    }),
  })
  const exportIntervalMillis = milliseconds(env.OTEL_METRIC_EXPORT_INTERVAL, 60_000)
  const exportTimeoutMillis = milliseconds(env.OTEL_METRIC_EXPORT_TIMEOUT, 30_000)
  return {
    exporter,
    createReader: (options) =>
      new sdk.PeriodicExportingMetricReader({
        ...options,
        exporter,
        exportIntervalMillis,
        // The reader refuses a longer one, and the usual one is longer than many an interval.
        exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
      }),
  }
}

const milliseconds = (given: string | undefined, usual: number): number => {
  const value = Number(given)
  return given !== undefined && given !== '' && value > 0 && Number.isFinite(value) ? value : usual
}
