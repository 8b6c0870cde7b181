import { type Outcome, outcomes } from 'cx-definition'
import type { Recorder } from './recorder.ts'
import { resolveCustomer } from './resolve-customer.ts'
import { warnOnce } from './warn-once.ts'

export interface RecordJobOptions<Args extends unknown[]> {
  readonly recorder: Pick<Recorder, 'recordJob'>
  /** What the job is called on a dashboard: one of a few names, never an id. */
  readonly name: string
  /** Who a run is for, from what the handler was called with. Runs after the handler, in its caller's context. */
  readonly customer?: (...args: Args) => unknown
  /** What an error means. Default: `server_error`, since a job that fails is ours. */
  readonly outcome?: (error: unknown) => Outcome
}

/**
 * A handler that does what the given one does, and records how long that took and how it ended: for a cron
 * function as for a queue's consumer. A handler is done when it returns, or when its promise settles; one
 * that says so by a callback, and a generator, would be recorded too early: wrap what calls them.
 */
export const recordJob = <This, Args extends unknown[], Result>(
  handler: (this: This, ...args: Args) => Result,
  options: RecordJobOptions<Args>,
): ((this: This, ...args: Args) => Result) => {
  const recorded = function (this: This, ...args: Args): Result {
    const began = performance.now()
    const record = (outcome: Outcome) => {
      const durationSeconds = (performance.now() - began) / 1000
      const customer = options.customer && resolveCustomer(options.customer, args)
      options.recorder.recordJob({ customer, name: options.name, outcome, durationSeconds })
    }
    const fail = (error: unknown): never => {
      record(outcomeOfError(options.outcome, error))
      throw error
    }
    const succeed = <Value>(value: Value): Value => {
      record('success')
      return value
    }
    let result: Result
    try {
      result = handler.apply(this, args)
    } catch (error) {
      return fail(error)
    }
    // The new promise is returned, so that a rejection nobody handles stays one.
    return isThenable(result) ? (result.then(succeed, fail) as Result) : succeed(result)
  }
  // Queues tell handlers apart by their name, and by whether they take a callback.
  return Object.defineProperties(recorded, {
    name: { value: handler.name, configurable: true },
    length: { value: handler.length, configurable: true },
  })
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'

const outcomeOfError = (classify: RecordJobOptions<never>['outcome'], error: unknown): Outcome => {
  try {
    const outcome = classify?.(error) ?? 'server_error'
    if (outcomes.includes(outcome)) return outcome
    warnOnce(`a job’s error cannot have the outcome ${String(outcome)}; server_error is recorded`)
  } catch (thrown) {
    warnOnce('the outcome of a job’s error could not be told', thrown)
  }
  return 'server_error'
}
