/**
 * What may help: `later` to ask again in a while; `changed` somebody else wrote meanwhile; `refused` Grafana will not do this one
 * thing; `nothing` is to be had from this server at all.
 */
export type GrafanaHope = 'later' | 'changed' | 'refused' | 'nothing'

/** One line that says what was asked of Grafana, what came back and what to do; never a token. */
export class GrafanaError extends Error {
  readonly hope: GrafanaHope
  /** How long Grafana asked to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(
    message: string,
    hope: GrafanaHope,
    { retryAfter, ...options }: ErrorOptions & { readonly retryAfter?: number | undefined } = {},
  ) {
    super(message, options)
    this.hope = hope
    this.retryAfter = retryAfter
  }
}

/** For what retries: whether it may be gone later, and how long Grafana wants to be left alone. */
export const perhapsLater = (error: unknown): false | { readonly atLeast: number | undefined } =>
  error instanceof GrafanaError && error.hope === 'later' && { atLeast: error.retryAfter }
