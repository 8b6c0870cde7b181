import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'

/** The route that a request reached, and the async context in which it did. */
export interface ReachedRoute {
  readonly route: string
  readonly scope: AsyncResource
}

// Registered, so that two copies of this package in one process understand each other.
const reached = Symbol.for('cx-metrics.reached-route')

/**
 * Names a request's route where the handler knows it: a template such as `/documents/:id`, never the URL,
 * since every value becomes a label. A later call wins.
 */
export const setRoute = (request: IncomingMessage | Http2ServerRequest, route: string): void => {
  const value: ReachedRoute = { route, scope: new AsyncResource('cx-metrics') }
  Object.assign(request, { [reached]: value })
}

export const reachedRoute = (request: object): ReachedRoute | undefined =>
  (request as { [reached]?: ReachedRoute })[reached]
