import type { AsyncResource } from 'node:async_hooks'
import type { Recorder } from './recorder.ts'
import { resolveCustomer } from './resolve-customer.ts'

/** What every framework's entry takes. */
export interface RequestOptions<Request> {
  readonly recorder: Pick<Recorder, 'recordRequest'>
  /**
   * Who the request is for, from what the service knows: a header, the authenticated user, async context.
   * Runs after the response, in the async context in which the request reached its route.
   */
  readonly customer?: (request: Request) => unknown
  /** Route templates that are not the customers' business, such as health checks. */
  readonly ignore?: readonly string[]
}

/** How a request was answered. */
export interface Answered {
  /** The template; nothing if the request matched none. */
  readonly route: string | undefined
  readonly method: string | undefined
  readonly statusCode: number
  readonly durationSeconds: number
  /** What the resolver said already; nothing to have it asked now. */
  readonly customer?: unknown
  /** The async context to resolve the customer in, instead of the present one. */
  readonly scope?: AsyncResource | undefined
}

/** The route of requests that matched none: a scanner's URLs must not become labels. */
const unmatchedRoute = 'unmatched'

/** The one way from a framework's request to the recorder. */
export const createRecordRequest = <Request>({
  customer = () => undefined,
  ignore = [],
  recorder,
}: RequestOptions<Request>): ((request: Request, answered: Answered) => void) => {
  const ignored = new Set(ignore)
  return (
    request,
    { customer: resolved, durationSeconds, method = '', route = unmatchedRoute, scope, statusCode },
  ) => {
    if (ignored.has(route)) return
    recorder.recordRequest({
      customer: resolved ?? resolveCustomer(customer, [request], scope),
      method,
      route,
      statusCode,
      durationSeconds,
    })
  }
}

const claimedBy = Symbol.for('cx-metrics.claimed-by')

/** Whether a recorder sees this request for the first time: one that is registered twice counts once. */
export const claim = (request: object, recorder: object): boolean => {
  const claimed = request as { [claimedBy]?: object }
  if (claimed[claimedBy] === recorder) return false
  claimed[claimedBy] = recorder
  return true
}
