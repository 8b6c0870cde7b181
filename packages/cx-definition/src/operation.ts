/**
 * Which requests: of all services, or narrowed by service, method and route template.
 * The route is written as the service's framework writes it, since that is the label's value.
 */
export interface OperationFilter {
  readonly service?: string
  readonly method?: HttpMethod
  readonly route?: string
}

/** Requests of one service. */
export interface Operation extends OperationFilter {
  readonly service: string
}

export type HttpMethod = (typeof httpMethods)[number]

/** The methods OpenTelemetry's semantic conventions for HTTP know; any other is recorded as `_OTHER`. */
export const httpMethods = [
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
] as const

/** The requests of a service with one method and one route template, such as `/api/documents/:documentId`. */
export const operation = (service: string, method: HttpMethod, route: string): Operation => ({
  service,
  method,
  route,
})
