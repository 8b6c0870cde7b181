import { attributes, dimensionAttribute } from './instrument.ts'

/** How the labels are called that a query is narrowed and grouped by, in a metric that is not of the contract. */
export interface InstrumentLabels {
  /** Which service, such as `job`. */
  readonly service: string
  /** Which environment, such as `env`; `always('production')` where a Prometheus knows only one and has no label for it. */
  readonly environment: string | Constant
  readonly method?: string
  readonly route?: string
  readonly statusCode?: string
  /** The customer, or what the catalog's dimension is. */
  readonly dimension?: string
}

/** Stands for a label that is not there. */
export interface Constant {
  readonly always: string
}

/** A value that every series of a metric stands for, though no label says so. */
export const always = (value: string): Constant => ({ always: value })

/** The attribute of the contract that each word stands for. */
export const attributeOfWord = {
  service: attributes.service,
  environment: attributes.environment,
  method: attributes.method,
  route: attributes.route,
  statusCode: attributes.statusCode,
  dimension: dimensionAttribute,
} as const satisfies Record<keyof InstrumentLabels, string>

/** How OpenTelemetry's resource is called in Prometheus. */
export const resourceLabels = {
  service: 'service_name',
  environment: 'deployment_environment_name',
} as const satisfies InstrumentLabels
