import { diag } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { attributes, type Catalog } from 'cx-definition'
import { type MetricsEndpoint, openMetricsEndpoint } from './metrics-endpoint.ts'
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

export interface Metrics {
  readonly recorder: Recorder
  /** Rejects when the endpoint cannot be opened; the service may go on, and recording stays harmless. */
  readonly ready: Promise<void>
  /**
   * Serves the metrics until they were scraped once more, so that the last requests are not lost, and closes.
   * Waits one and a half observed scrape intervals and 20 s at most; not at all if nobody ever scraped.
   */
  shutdown(): Promise<void>
}

/**
 * Starts OpenTelemetry's SDK and a Prometheus endpoint at http://127.0.0.1:9464/metrics, moved by
 * `OTEL_EXPORTER_PROMETHEUS_HOST` and `_PORT`, and off under `OTEL_SDK_DISABLED` or `OTEL_METRICS_EXPORTER=none`.
 * The page holds our series and those of every other instrument of the process.
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
        [attributes.environment]: environment,
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }))
  // It answers for the instruments of the host; ours are written by ourselves.
  const others = new PrometheusExporter({
    preventServerStart: true,
    withResourceConstantLabels: constantAttributes,
    withoutScopeInfo: true,
    // It would show the command line, and its process id would make a new series at each start.
    withoutTargetInfo: true,
  })
  const sdk = new NodeSDK({
    resource,
    metricReaders: [others],
    // The SDK would push traces and logs to localhost:4318 by default; only who asks for that gets it.
    ...(process.env.OTEL_TRACES_EXPORTER ? {} : { spanProcessors: [] }),
    ...(process.env.OTEL_LOGS_EXPORTER ? {} : { logRecordProcessors: [] }),
  })
  sdk.start()
  const constant = Object.fromEntries(
    Object.entries(resource.attributes).filter(([name]) => constantAttributes.test(name)),
  ) as SeriesAttributes
  const endpoint = isExporting() ? openEndpoint(recorder.store, constant, others) : undefined

  const close = async () => {
    await endpoint?.close()
    await sdk.shutdown()
  }
  let closing: Promise<void> | undefined
  const shutdown = () => (closing ??= close())
  shutdownOnSigterm(shutdown)
  return { recorder, ready: endpoint?.opened ?? Promise.resolve(), shutdown }
}

/** Which of the resource's attributes every series carries. */
const constantAttributes = /^(service\.name|deployment\.environment\.name)$/

const isExporting = (): boolean => {
  const { OTEL_METRICS_EXPORTER: chosen = 'prometheus', OTEL_SDK_DISABLED: disabled } = process.env
  if (disabled?.trim().toLowerCase() === 'true' || chosen === 'none') return false
  if (chosen !== 'prometheus') {
    diag.warn(
      `cx-metrics: OTEL_METRICS_EXPORTER=${chosen} is not supported yet; prometheus is used`,
    )
  }
  return true
}

const openEndpoint = (
  store: SeriesStore,
  constant: SeriesAttributes,
  others: PrometheusExporter,
): MetricsEndpoint =>
  openMetricsEndpoint({
    host: process.env.OTEL_EXPORTER_PROMETHEUS_HOST || '127.0.0.1',
    port: endpointPort(),
    text: createPrometheusText(store, constant),
    more: () => pageOf(others),
  })

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

const shutdownOnSigterm = (shutdown: () => Promise<void>): void => {
  process.once('SIGTERM', (signal) => {
    if (process.listenerCount(signal) > 0) return
    // Ours was the only listener and kept the default from happening, so it is made up for.
    void shutdown().finally(() => process.kill(process.pid, signal))
  })
}
