/**
 * What may help: `later` to ask again in a while; `changed` somebody else wrote meanwhile; `refused` the server will not do this one
 * thing; `nothing` is to be had from this server at all.
 */
export type Hope = 'later' | 'changed' | 'refused' | 'nothing'

export interface ServerErrorOptions extends ErrorOptions {
  readonly retryAfter?: number | undefined
}

/** One line that says what was asked of a server that is published to, what came back and what to do; never a secret. */
export class ServerError extends Error {
  readonly hope: Hope
  /** How long the server asked to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(message: string, hope: Hope, { retryAfter, ...options }: ServerErrorOptions = {}) {
    super(message, options)
    this.hope = hope
    this.retryAfter = retryAfter
  }
}
