import type { Duration } from './duration.ts'
import {
  attributes,
  type Instrument,
  type Outcome,
  requestDuration,
  requests,
} from './instrument.ts'
import type { OperationFilter } from './operation.ts'

/** Requires an attribute to be one of `anyOf`, or none of `noneOf`. */
export interface AttributeMatch {
  readonly attribute: string
  readonly anyOf?: readonly string[]
  readonly noneOf?: readonly string[]
}

/** What to count: events of an instrument on some operations, perhaps only those that took `within`. */
export interface EventCount {
  readonly instrument: Instrument
  readonly operations: readonly OperationFilter[]
  readonly where: readonly AttributeMatch[]
  readonly within?: Duration
}

/** Good events over total events. Emitters read nothing else, whichever constructor made it. */
export interface Indicator {
  readonly description: string
  readonly good: EventCount
  readonly total: EventCount
}

/** Whose failures count: the service's own, or clients' mistakes as well. */
export type Failures = 'server_errors' | 'all_errors'

export const failedOutcomes = (failures: Failures): readonly Outcome[] =>
  failures === 'server_errors' ? ['server_error'] : ['client_error', 'server_error']

/** The share of requests that did not fail. */
export const availability = ({
  of,
  failures = 'server_errors',
}: {
  readonly of: readonly OperationFilter[]
  readonly failures?: Failures
}): Indicator => {
  const total: EventCount = { instrument: requests, operations: of, where: [] }
  const where = [{ attribute: attributes.outcome, noneOf: failedOutcomes(failures) }]
  return { description: 'requests answered without failure', good: { ...total, where }, total }
}

/** The share of successful requests that took at most `within`, which becomes a bucket bound. */
export const latency = ({
  of,
  within,
}: {
  readonly of: readonly OperationFilter[]
  readonly within: Duration
}): Indicator => {
  const where = [{ attribute: attributes.outcome, anyOf: ['success'] }]
  const total: EventCount = { instrument: requestDuration, operations: of, where }
  return { description: 'successful requests answered in time', good: { ...total, within }, total }
}
