/**
 * The metric contract: the one place that names what is recorded.
 * Names end in their unit, since exporter-prometheus does not append it (see docs/metric-contract.md).
 */
export interface Instrument {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  /** UCUM, as OpenTelemetry asks. */
  readonly unit: string
  readonly description: string
  readonly attributes: readonly string[]
}

/** Stands for the catalog's dimension (`customer` unless declared otherwise) in an instrument's attributes. */
export const dimensionAttribute = 'cx.dimension'

export const attributes = {
  method: 'http.request.method',
  route: 'http.route',
  statusCode: 'http.response.status_code',
  jobName: 'job.name',
  outcome: 'outcome',
  service: 'service.name',
  environment: 'deployment.environment.name',
} as const

export const requests = {
  name: 'cx_requests_total',
  kind: 'counter',
  unit: '{request}',
  description: 'Requests answered, by customer, operation and outcome.',
  attributes: [
    dimensionAttribute,
    attributes.method,
    attributes.route,
    attributes.statusCode,
    attributes.outcome,
  ],
} as const satisfies Instrument

export const requestDuration = {
  name: 'cx_request_duration_seconds',
  kind: 'histogram',
  unit: 's',
  description: 'Time from the first byte of a request to the last of its response.',
  attributes: [dimensionAttribute, attributes.method, attributes.route, attributes.outcome],
} as const satisfies Instrument

export const jobs = {
  name: 'cx_jobs_total',
  kind: 'counter',
  unit: '{job}',
  description: 'Background jobs done, by customer, name and outcome.',
  attributes: [dimensionAttribute, attributes.jobName, attributes.outcome],
} as const satisfies Instrument

export const jobDuration = {
  name: 'cx_job_duration_seconds',
  kind: 'histogram',
  unit: 's',
  description: 'Time that a background job took.',
  attributes: [dimensionAttribute, attributes.jobName, attributes.outcome],
} as const satisfies Instrument

export const customersTracked = {
  name: 'cx_customers_tracked',
  kind: 'gauge',
  unit: '',
  description: 'How many customers have a label of their own; the rest are counted as other.',
  attributes: [],
} as const satisfies Instrument

export const buildInfo = {
  name: 'cx_build_info',
  kind: 'gauge',
  unit: '',
  description: 'Always 1; its labels tell which version of the service runs.',
  attributes: ['version', 'commit'],
} as const satisfies Instrument

/** How a request ended. A client's mistake is not the service's failure. Values follow Micrometer. */
export const outcomes = ['success', 'client_error', 'server_error'] as const
export type Outcome = (typeof outcomes)[number]

/** Upper bounds in seconds that OpenTelemetry's HTTP semantic conventions advise for durations. */
export const conventionalBounds: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
]
