import type { Duration } from './duration.ts'
import {
  attributes,
  type Instrument,
  type JourneyEvent,
  journeySteps,
  type Outcome,
  requestDuration,
  requests,
} from './instrument.ts'
import type { Journey } from './journey.ts'
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

/** The outcomes that count as failed. */
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

/**
 * The share of tries to complete a journey's steps, or one of them, that succeeded.
 * Who leaves has not failed: people leave for good reasons, so drop-off is shown and not judged.
 */
export const completion = <Step extends string>({
  of,
  step,
}: {
  readonly of: Journey<string, Step>
  readonly step?: NoInfer<Step>
}): Indicator => {
  const steps = [
    { attribute: attributes.app, anyOf: [of.app.name] },
    { attribute: attributes.journey, anyOf: [of.name] },
    ...(step === undefined ? [] : [{ attribute: attributes.step, anyOf: [step] }]),
  ]
  const events = (...anyOf: JourneyEvent[]): EventCount => ({
    instrument: journeySteps,
    // Of any service: browsers speak through one, and its name says nothing about the journey.
    operations: [{}],
    where: [...steps, { attribute: attributes.event, anyOf }],
  })
  return {
    description: 'tries to complete a step that succeeded',
    good: events('completed'),
    total: events('completed', 'failed'),
  }
}
