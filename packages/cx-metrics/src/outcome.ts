import type { Outcome } from 'cx-definition'

/** 4xx is the client's mistake, 5xx the service's failure; values follow Micrometer. */
export const outcomeOf = (statusCode: number): Outcome => {
  if (statusCode >= 500) return 'server_error'
  return statusCode >= 400 ? 'client_error' : 'success'
}

/** What nginx logs, and Prometheus users expect, when a client goes before it has its answer. */
export const clientClosedRequest = 499
