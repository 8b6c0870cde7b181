import type { GrafanaHope } from './grafana-error.ts'

/** One line that says what was asked of Datadog, what came back and what to do; never a key. */
export class DatadogError extends Error {
  /** As {@link GrafanaHope}. */
  readonly hope: GrafanaHope
  /** How long Datadog asked to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined
  /** Whether it is known that nothing was done: it had too much to do. */
  readonly wasHeldBack: boolean

  constructor(
    message: string,
    hope: GrafanaHope,
    {
      retryAfter,
      wasHeldBack = false,
      ...options
    }: ErrorOptions & {
      readonly retryAfter?: number | undefined
      readonly wasHeldBack?: boolean
    } = {},
  ) {
    super(message, options)
    this.hope = hope
    this.retryAfter = retryAfter
    this.wasHeldBack = wasHeldBack
  }
}
