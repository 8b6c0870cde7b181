import type { Ownership } from './page-state.ts'
import { tell } from './report-error.ts'

/**
 * Wraps what a boundary does not see: loaders, handlers, timers, promises. What the function throws or rejects
 * with is reported under this owner, then thrown on. What is no failure passes: a thrown Response or promise,
 * by which routers and Suspense steer, and an abort.
 */
export const withOwner = <This, Arguments extends readonly unknown[], Result>(
  by: Ownership,
  work: (this: This, ...all: Arguments) => Result,
): ((this: This, ...all: Arguments) => Result) =>
  function owned(...all) {
    const fail = (error: unknown): never => {
      if (!isSteering(error)) tell({ error, ...by, source: 'reported' })
      throw error
    }
    try {
      const result = work.apply(this, all as never)
      // No other thenable: to call the then of a lazy one would start it.
      return result instanceof Promise ? (result.catch(fail) as Result) : result
    } catch (error) {
      return fail(error)
    }
  }

const isSteering = (error: unknown): boolean => {
  try {
    return (
      (typeof Response === 'function' && error instanceof Response) ||
      typeof (error as PromiseLike<unknown>).then === 'function' ||
      (error as Error).name === 'AbortError'
    )
  } catch {
    return false
  }
}
