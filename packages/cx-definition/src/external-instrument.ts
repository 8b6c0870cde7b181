import {
  attributes,
  conventionalBounds,
  dimensionAttribute,
  type Instrument,
} from './instrument.ts'
import { type InstrumentLabels, resourceLabels } from './instrument-labels.ts'

/** A metric that something else than cx-metrics records, named as Prometheus has it. */
export interface ExternalInstrument extends Instrument {
  readonly labels: InstrumentLabels
}

/** Of durations, so that a share of them below a threshold can be counted. */
export interface ExternalHistogram extends ExternalInstrument {
  readonly kind: 'histogram'
  readonly bounds: readonly number[]
}

export interface CounterOptions {
  /** As Prometheus stores it, with `_total` where it has that. */
  readonly name: string
  readonly description?: string
  /** Default: `service_name` and `deployment_environment_name`, and none for the rest. */
  readonly labels?: Partial<InstrumentLabels>
  /** Told by browsers, which anyone can make say anything: such data may raise a ticket, never a page. */
  readonly toldBy?: 'browsers'
}

export interface HistogramOptions extends CounterOptions {
  /** As Prometheus stores it, without `_bucket`, `_sum` or `_count`. */
  readonly name: string
  /** Upper bounds of its buckets in seconds, ascending, without `+Inf`. */
  readonly bounds: readonly number[]
}

/** A counter that is there already, such as `grpc_server_handled_total`; `catalog()` checks its names. */
export const counter = (options: CounterOptions): ExternalInstrument => ({
  ...described(options),
  kind: 'counter',
  unit: '',
})

/** A histogram in seconds that is there already; `catalog()` checks its names and bounds. */
export const histogram = ({ bounds, ...options }: HistogramOptions): ExternalHistogram => ({
  ...described(options),
  kind: 'histogram',
  unit: 's',
  bounds,
})

const described = ({ description = '', labels: given, name, toldBy }: CounterOptions) => {
  const labels: InstrumentLabels = { ...resourceLabels, ...given }
  return {
    name,
    description,
    labels,
    attributes: [
      ...(labels.dimension === undefined ? [] : [dimensionAttribute]),
      ...(labels.method === undefined ? [] : [attributes.method]),
      ...(labels.route === undefined ? [] : [attributes.route]),
      ...(labels.statusCode === undefined ? [] : [attributes.statusCode]),
    ],
    ...(toldBy && { toldBy }),
  }
}

/**
 * What OpenTelemetry's HTTP instrumentations and ASP.NET Core (8 and later) record of a server's requests:
 * https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration
 */
export const httpServerRequestDuration: ExternalHistogram = histogram({
  name: 'http_server_request_duration_seconds',
  description: "Duration of HTTP server requests, by OpenTelemetry's conventions.",
  bounds: conventionalBounds,
  labels: {
    method: 'http_request_method',
    route: 'http_route',
    statusCode: 'http_response_status_code',
  },
})
