import { ServerError } from './server-error.ts'

export class GrafanaError extends ServerError {}

/** For what retries: whether it may be gone later, and how long Grafana wants to be left alone. */
export const perhapsLater = (error: unknown): false | { readonly atLeast: number | undefined } =>
  error instanceof GrafanaError && error.hope === 'later' && { atLeast: error.retryAfter }
