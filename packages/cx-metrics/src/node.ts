import { diag } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { attributes, type Catalog } from 'cx-definition'
import { createProducer, type StoreProducer } from './producer.ts'
import { createRecorder, type Recorder } from './recorder.ts'

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
 * Starts OpenTelemetry's SDK with a Prometheus endpoint at http://127.0.0.1:9464/metrics, moved by
 * `OTEL_EXPORTER_PROMETHEUS_HOST` and `_PORT`, and off under `OTEL_SDK_DISABLED` or `OTEL_METRICS_EXPORTER=none`.
 * On SIGTERM it shuts down, unless the service listens to that signal itself and calls `shutdown()`.
 */
export const startMetrics = ({
  catalog,
  service,
  environment = 'development',
}: StartMetricsOptions): Metrics => {
  const recorder = createRecorder(catalog)
  const producer = createProducer({
    store: recorder.store,
    dimensionName: catalog.dimension.name,
    build: { version: service.version, commit: service.commit ?? 'unknown' },
  })
  const watched = watchScrapes(producer)
  const endpoint = isExporting() ? openEndpoint(watched.producer) : undefined
  const sdk = new NodeSDK({
    resource: defaultResource().merge(
      resourceFromAttributes({
        [attributes.service]: service.name,
        [attributes.environment]: environment,
      }),
    ),
    metricReaders: endpoint ? [endpoint.exporter] : [],
    // The SDK would push traces and logs to localhost:4318 by default; only who asks for that gets it.
    ...(process.env.OTEL_TRACES_EXPORTER ? {} : { spanProcessors: [] }),
    ...(process.env.OTEL_LOGS_EXPORTER ? {} : { logRecordProcessors: [] }),
  })
  sdk.start()

  const close = async () => {
    await watched.lastScrape()
    await sdk.shutdown()
  }
  let closing: Promise<void> | undefined
  const shutdown = () => (closing ??= close())
  shutdownOnSigterm(shutdown)
  return { recorder, ready: endpoint?.opened ?? Promise.resolve(), shutdown }
}

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

const openEndpoint = (producer: StoreProducer) => {
  const host = process.env.OTEL_EXPORTER_PROMETHEUS_HOST || '127.0.0.1'
  const port = endpointPort()
  const { promise, reject, resolve } = Promise.withResolvers<void>()
  // A service that does not wait for `ready` must not fall over an unhandled rejection.
  promise.catch(() => {})
  const exporter = new PrometheusExporter(
    {
      host,
      port,
      metricProducers: [producer],
      withResourceConstantLabels: /^(service\.name|deployment\.environment\.name)$/,
      withoutScopeInfo: true,
      // It would show the command line, and its process id would make a new series at each start.
      withoutTargetInfo: true,
    },
    (error?: unknown) => (error ? reject(endpointError(error, host, port)) : resolve()),
  )
  return { exporter, opened: promise }
}

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

const endpointError = (cause: unknown, host: string, port: number): Error => {
  const reason =
    (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'the port is in use' : String(cause)
  const remedy = 'Set OTEL_EXPORTER_PROMETHEUS_PORT to a free one'
  return new Error(`the metrics endpoint ${host}:${port} cannot be opened: ${reason}. ${remedy}.`, {
    cause,
  })
}

const longestWaitMilliseconds = 20_000

/** Notes when scrapes come, so that a shutdown knows whether another one is to be waited for. */
const watchScrapes = (producer: StoreProducer) => {
  let last: number | undefined
  let gap = 0
  let onScrape = () => {}

  const collect: StoreProducer['collect'] = (options) => {
    const now = performance.now()
    if (last !== undefined) gap = now - last
    last = now
    const collected = producer.collect(options)
    onScrape()
    return collected
  }

  const lastScrape = async (): Promise<void> => {
    producer.release()
    if (gap === 0) return
    const wait = Math.min(gap * 1.5, longestWaitMilliseconds)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait)
      onScrape = () => {
        clearTimeout(timer)
        // The answer is written after the collect; the closing server lets it finish.
        setImmediate(resolve)
      }
    })
  }

  return { producer: { collect, release: producer.release }, lastScrape }
}

const shutdownOnSigterm = (shutdown: () => Promise<void>): void => {
  process.once('SIGTERM', (signal) => {
    if (process.listenerCount(signal) > 0) return
    // Ours was the only listener and kept the default from happening, so it is made up for.
    void shutdown().finally(() => process.kill(process.pid, signal))
  })
}
