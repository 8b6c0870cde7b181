import type { Duration } from './duration.ts'
import type { ExternalHistogram, ExternalInstrument } from './external-instrument.ts'
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

/** Requires an attribute to be one of `anyOf`, or none of `noneOf`, or to begin like one or none of several texts. */
export interface AttributeMatch {
  /** Of the contract; of another metric, its label. */
  readonly attribute: string
  readonly anyOf?: readonly string[]
  readonly noneOf?: readonly string[]
  readonly startsWithAnyOf?: readonly string[]
  readonly startsWithNoneOf?: readonly string[]
}

/** What to count: events of an instrument on some operations, perhaps only those that took `within`. */
export interface EventCount {
  readonly instrument: Instrument
  readonly operations: readonly OperationFilter[]
  readonly where: readonly AttributeMatch[]
  readonly within?: Duration
  /** And those of another count. */
  readonly plus?: EventCount
  /** Without those of another count. */
  readonly less?: EventCount
}

/** A count and those that it is put together from. */
export const partsOf = (count: EventCount): readonly EventCount[] => [
  count,
  ...(count.plus ? partsOf(count.plus) : []),
  ...(count.less ? partsOf(count.less) : []),
]

/** Good events over total events. Emitters read nothing else, whichever constructor made it. */
export interface Indicator {
  readonly description: string
  readonly good: EventCount
  readonly total: EventCount
}

/** Whether browsers tell it: then it may raise a ticket, never a page. */
export const isForgeable = ({ good, total }: Indicator): boolean =>
  [good, total].flatMap(partsOf).some(({ instrument }) => instrument.toldBy === 'browsers')

/** Whose failures count: the service's own, or clients' mistakes as well. */
export type Failures = 'server_errors' | 'all_errors'

/** The outcomes that count as failed. */
export const failedOutcomes = (failures: Failures): readonly Outcome[] =>
  failures === 'server_errors' ? ['server_error'] : ['client_error', 'server_error']

/**
 * The share of requests that did not fail.
 * @param options.from a metric that is there already, with a label for the status code, in place of `cx_requests_total`
 */
export const availability = ({
  of,
  failures = 'server_errors',
  from,
}: {
  readonly of: readonly OperationFilter[]
  readonly failures?: Failures
  readonly from?: ExternalInstrument
}): Indicator => {
  const total: EventCount = { instrument: from ?? requests, operations: of, where: [] }
  const notFailed: AttributeMatch = from
    ? { attribute: attributes.statusCode, startsWithNoneOf: failedClasses(failures) }
    : { attribute: attributes.outcome, noneOf: failedOutcomes(failures) }
  return {
    description: 'requests answered without failure',
    good: { ...total, where: [notFailed] },
    total,
  }
}

/** The first digits of the status codes that count as failed. */
const failedClasses = (failures: Failures): readonly string[] =>
  failures === 'server_errors' ? ['5'] : ['4', '5']

/**
 * The share of successful requests that took at most `within`, which becomes a bucket bound.
 * @param options.from a histogram that is there already, of which `within` must be a bound; where it has no label
 *   for the status code, all requests count
 */
export const latency = ({
  of,
  within,
  from,
}: {
  readonly of: readonly OperationFilter[]
  readonly within: Duration
  readonly from?: ExternalHistogram
}): Indicator => {
  const where = succeeded(from)
  const total: EventCount = { instrument: from ?? requestDuration, operations: of, where }
  const counted = where.length > 0 ? 'successful requests' : 'requests'
  return { description: `${counted} answered in time`, good: { ...total, within }, total }
}

const succeeded = (from?: ExternalHistogram): readonly AttributeMatch[] => {
  if (!from) return [{ attribute: attributes.outcome, anyOf: ['success'] }]
  if (from.labels.statusCode === undefined) return []
  return [{ attribute: attributes.statusCode, startsWithAnyOf: ['1', '2', '3'] }]
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
