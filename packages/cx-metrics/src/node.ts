import { diag } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { AggregationTemporality, InstrumentType } from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { attributes, type Catalog } from 'cx-definition'
import {
  chosenExporters,
  histogramsVariable,
  otlpHistograms,
  otlpPush,
} from './metric-exporters.ts'
import { type MetricsEndpoint, openMetricsEndpoint } from './metrics-endpoint.ts'
import { leaveProcess, takeProcess } from './node-once.ts'
import { createProducer } from './producer.ts'
import { createPrometheusText } from './prometheus-text.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { SeriesAttributes, SeriesStore } from './series-store.ts'

export interface StartMetricsOptions {
  readonly catalog: Catalog
  /** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` win over what is given here. */
  readonly service: { readonly name: string; readonly version: string; readonly commit?: string }
  /** Where it runs, `development` unless `OTEL_RESOURCE_ATTRIBUTES` names a `deployment.environment.name`. */
  readonly environment?: string
}

/** The service's metrics, started. */
export interface Metrics {
  readonly recorder: Recorder
  /** Rejects when metrics cannot go where they should; the service may go on, and recording stays harmless. */
  readonly ready: Promise<void>
  /**
   * Serves the metrics until they were scraped once more, so that the last requests are not lost, and closes.
   * Waits one and a half observed scrape intervals and 20 s at most; not at all if nobody ever scraped.
   */
  shutdown(): Promise<void>
}

/**
 * Starts OpenTelemetry's SDK and, as `OTEL_METRICS_EXPORTER` says, a Prometheus endpoint at
 * http://127.0.0.1:9464/metrics (the default; moved by `OTEL_EXPORTER_PROMETHEUS_HOST` and `_PORT`), a push by OTLP
 * (with the standard `OTEL_EXPORTER_OTLP_*` variables), or both. The endpoint's page holds our series and those of
 * every other instrument of the process.
 * On SIGTERM it shuts down, unless the service listens to that signal itself and calls `shutdown()`.
 */
export const startMetrics = ({
  catalog,
  service,
  environment = 'development',
}: StartMetricsOptions): Metrics => {
  const recorder = createRecorder({
    catalog,
    build: { version: service.version, commit: service.commit ?? 'unknown' },
  })
  const resource = defaultResource()
    .merge(
      resourceFromAttributes({
        [attributes.service]: service.name,
        'service.version': service.version,
        [attributes.environment]: environment,
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }))
  const refusal = takeProcess()
  if (refusal !== undefined) {
    return { recorder, ready: told(refuse(refusal)), shutdown: async () => {} }
  }
  const starting = start(recorder.store, resource)
  const ready = told(starting.then(({ opened }) => opened))

  let closing: Promise<void> | undefined
  const shutdown = () => {
    process.off('SIGTERM', onSigterm)
    return (closing ??= starting
      .then(({ close }) => close())
      .catch(() => {})
      .finally(leaveProcess))
  }
  const onSigterm = (signal: NodeJS.Signals) => {
    // A service that listens itself says when it is done, by calling shutdown().
    if (process.listenerCount(signal) > 1) return
    // Listening kept the default from happening, so it is made up for.
    void shutdown().finally(() => process.kill(process.pid, signal))
  }
  process.on('SIGTERM', onSigterm)
  return { recorder, ready, shutdown }
}

/** A service that does not wait for it must not fall over an unhandled rejection, and must not go blind either. */
const told = (ready: Promise<void>): Promise<void> => {
  ready.catch((error: Error) => process.emitWarning(error.message, { type: 'CxMetricsWarning' }))
  return ready
}

/** Where nothing goes out, as in many a test, any number of starts is harmless. */
const refuse = async (reason: string): Promise<void> => {
  if (chosenExporters(process.env).length > 0) throw new Error(reason)
}

interface Started {
  readonly opened: Promise<void>
  close(): Promise<void>
}

const start = async (store: SeriesStore, resource: Resource): Promise<Started> => {
  const exporters = chosenExporters(process.env)
  const histograms = otlpHistograms(process.env)
  // Before anything is recorded, and so before the exporter is loaded.
  if (exporters.includes('otlp') && histograms === 'exponential') store.keepExponentials()
  // It answers for the instruments of the host; ours are written by ourselves.
  const others = new PrometheusExporter({
    preventServerStart: true,
    withResourceConstantLabels: constantAttributes,
    withoutScopeInfo: true,
    // It would show the command line, and its process id would make a new series at each start.
    withoutTargetInfo: true,
  })
  const push = exporters.includes('otlp')
    ? await pushOf(store, histograms ?? 'explicit')
    : undefined
  const sdk = new NodeSDK({
    resource,
    metricReaders: [others, ...(push ? [push.reader] : [])],
    // The SDK would push traces and logs to localhost:4318 by default; only who asks for that gets it.
    ...(process.env.OTEL_TRACES_EXPORTER ? {} : { spanProcessors: [] }),
    ...(process.env.OTEL_LOGS_EXPORTER ? {} : { logRecordProcessors: [] }),
  })
  sdk.start()
  if (push && histograms === undefined) {
    diag.warn(
      `cx-metrics: ${histogramsVariable}=${process.env[histogramsVariable]} is not known; histograms are pushed with explicit buckets`,
    )
  }
  const endpoint = exporters.includes('prometheus')
    ? openEndpoint(store, resource, others)
    : undefined
  return {
    opened: endpoint?.opened ?? Promise.resolve(),
    close: async () => {
      await endpoint?.close()
      push?.producer.release()
      await sdk.shutdown()
    },
  }
}

const pushOf = async (store: SeriesStore, histograms: 'explicit' | 'exponential') => {
  const { createReader, exporter } = await otlpPush(process.env)
  const isDelta =
    exporter.selectAggregationTemporality?.(InstrumentType.COUNTER) === AggregationTemporality.DELTA
  const temporality = isDelta ? 'delta' : 'cumulative'
  const producer = createProducer(store, { temporality, histograms })
  return { producer, reader: createReader({ metricProducers: [producer] }) }
}

/** Which of the resource's attributes every series carries. */
const constantAttributes = /^(service\.name|deployment\.environment\.name)$/

const openEndpoint = (
  store: SeriesStore,
  { attributes: all }: Resource,
  others: PrometheusExporter,
): MetricsEndpoint => {
  const constant = Object.entries(all).filter(([name]) => constantAttributes.test(name))
  return openMetricsEndpoint({
    host: process.env.OTEL_EXPORTER_PROMETHEUS_HOST || '127.0.0.1',
    port: endpointPort(),
    text: createPrometheusText(store, Object.fromEntries(constant) as SeriesAttributes),
    more: () => pageOf(others),
  })
}

/** The exporter gives its page to a response only; this one keeps it. */
const pageOf = (exporter: PrometheusExporter): Promise<string> =>
  new Promise((resolve) => {
    const end = (page: string) => resolve(page.startsWith('# no registered metrics') ? '' : page)
    const response = { setHeader: () => {}, end }
    exporter.getMetricsRequestHandler(undefined as never, response as never)
  })

const defaultPort = 9464

const endpointPort = (): number => {
  const given = process.env.OTEL_EXPORTER_PROMETHEUS_PORT
  if (given === undefined || given === '') return defaultPort
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  diag.error(
    `cx-metrics: OTEL_EXPORTER_PROMETHEUS_PORT=${given} is no port; ${defaultPort} is used`,
  )
  return defaultPort
}
