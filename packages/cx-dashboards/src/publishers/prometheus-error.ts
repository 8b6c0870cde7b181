/** What may help: to ask again later, to ask for less at once, or nothing that a program can do. */
export type Hope = 'later' | 'less' | 'none'

/** One line that says what was asked of Prometheus, what came back and what to do. */
export class PrometheusError extends Error {
  readonly hope: Hope

  constructor(message: string, hope: Hope, options?: ErrorOptions) {
    super(message, options)
    this.hope = hope
  }
}
