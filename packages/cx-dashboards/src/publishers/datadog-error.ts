import { type Hope, ServerError, type ServerErrorOptions } from './server-error.ts'

export class DatadogError extends ServerError {
  /** Whether it is known that nothing was done: it had too much to do. */
  readonly wasHeldBack: boolean

  constructor(
    message: string,
    hope: Hope,
    {
      wasHeldBack = false,
      ...options
    }: ServerErrorOptions & { readonly wasHeldBack?: boolean } = {},
  ) {
    super(message, hope, options)
    this.wasHeldBack = wasHeldBack
  }
}
