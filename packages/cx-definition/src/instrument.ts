import type { InstrumentLabels } from './instrument-labels.ts'

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
  /** Told by browsers, which anyone can make say anything: such data may raise a ticket, never a page. */
  readonly toldBy?: 'browsers'
  /** Only of a metric that is not of the contract: what its labels are called. */
  readonly labels?: InstrumentLabels
  /** Only of a histogram that is not of the contract: upper bounds in seconds, ascending. */
  readonly bounds?: readonly number[]
}

/** Stands for the catalog's dimension (`customer` unless declared otherwise) in an instrument's attributes. */
export const dimensionAttribute = 'cx.dimension'

/** What the labels are called in OpenTelemetry; Prometheus has `_` for each dot. */
export const attributes = {
  method: 'http.request.method',
  route: 'http.route',
  statusCode: 'http.response.status_code',
  jobName: 'job.name',
  outcome: 'outcome',
  app: 'app',
  journey: 'journey',
  step: 'step',
  event: 'event',
  owner: 'owner',
  feature: 'feature',
  source: 'source',
  vital: 'name',
  page: 'page',
  reason: 'reason',
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

export const journeySteps = {
  name: 'cx_journey_steps_total',
  kind: 'counter',
  unit: '{step}',
  description: 'Steps of journeys that people entered, completed or failed, told by browsers.',
  attributes: [attributes.app, attributes.journey, attributes.step, attributes.event],
  toldBy: 'browsers',
} as const satisfies Instrument

export const journeyStepDuration = {
  name: 'cx_journey_step_duration_seconds',
  kind: 'histogram',
  unit: 's',
  description: 'Time from entering a step of a journey to completing it.',
  attributes: [attributes.app, attributes.journey, attributes.step],
  toldBy: 'browsers',
} as const satisfies Instrument

export const sessions = {
  name: 'cx_sessions_total',
  kind: 'counter',
  unit: '{session}',
  description: 'Sessions begun in a web app; 30 minutes without activity end one.',
  attributes: [attributes.app],
  toldBy: 'browsers',
} as const satisfies Instrument

export const errors = {
  name: 'cx_errors_total',
  kind: 'counter',
  unit: '{error}',
  description: 'Errors in a web app, by the team and the feature they belong to.',
  attributes: [attributes.app, attributes.owner, attributes.feature, attributes.source],
  toldBy: 'browsers',
} as const satisfies Instrument

export const errorSessions = {
  name: 'cx_error_sessions_total',
  kind: 'counter',
  unit: '{session}',
  description: 'Sessions hit by an error; each counts once an owner, where its first error was.',
  attributes: [attributes.app, attributes.owner, attributes.feature, attributes.source],
  toldBy: 'browsers',
} as const satisfies Instrument

export const webVital = {
  name: 'cx_web_vital_seconds',
  kind: 'histogram',
  unit: 's',
  description: 'Web vitals that are times (LCP, INP, FCP, TTFB), by page template.',
  attributes: [attributes.app, attributes.vital, attributes.page],
  toldBy: 'browsers',
} as const satisfies Instrument

export const webLayoutShift = {
  name: 'cx_web_layout_shift',
  kind: 'histogram',
  unit: '',
  description: 'How far a page moved by itself (CLS), by page template.',
  attributes: [attributes.app, attributes.vital, attributes.page],
  toldBy: 'browsers',
} as const satisfies Instrument

export const beaconRejected = {
  name: 'cx_beacon_rejected_total',
  kind: 'counter',
  unit: '{refusal}',
  description: 'What browsers sent and the beacon refused: single events, or a whole request.',
  attributes: [attributes.reason],
} as const satisfies Instrument

/** How a request ended. A client's mistake is not the service's failure. Values follow Micrometer. */
export const outcomes = ['success', 'client_error', 'server_error'] as const
export type Outcome = (typeof outcomes)[number]

/** Upper bounds in seconds that OpenTelemetry's HTTP semantic conventions advise for durations. */
export const conventionalBounds: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
]

/** What can happen to a step of a journey. */
export const journeyEvents = ['entered', 'completed', 'failed'] as const
export type JourneyEvent = (typeof journeyEvents)[number]

/** The web vitals that are times. */
export const timedVitals = ['LCP', 'INP', 'FCP', 'TTFB'] as const
/** The web vital that is none: a score without a unit. */
export const layoutShiftVital = 'CLS'
export type WebVital = (typeof timedVitals)[number] | typeof layoutShiftVital

/** Why a beacon, or an event in one, was refused. */
export const beaconRejections = ['malformed', 'unknown', 'value', 'origin', 'rate'] as const
export type BeaconRejection = (typeof beaconRejections)[number]

/** Seconds that people need for a form, from a glance to a coffee. */
export const stepDurationBounds: readonly number[] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800]

/** Seconds; those of https://web.dev/articles/vitals among them, such as 2.5 and 4 for LCP. */
export const webVitalBounds: readonly number[] = [0.2, 0.5, 1, 1.8, 2.5, 3, 4]

/** Good is at most 0.1, poor above 0.25: https://web.dev/articles/cls. */
export const layoutShiftBounds: readonly number[] = [0.01, 0.05, 0.1, 0.15, 0.25, 0.5, 1]
