import type { AsyncResource } from 'node:async_hooks'
import { isPromise } from 'node:util/types'
import { warnOnce } from './warn-once.ts'

/**
 * What the user's resolver says, or something that the recorder labels `invalid` when it throws or is async.
 * Within `scope`, if there is one, so that it finds the async context in which the request was handled.
 */
export const resolveCustomer = <Args extends unknown[]>(
  customer: (...args: Args) => unknown,
  args: Args,
  scope?: AsyncResource,
): unknown => {
  try {
    const found = scope ? scope.runInAsyncScope(customer, undefined, ...args) : customer(...args)
    if (isPromise(found)) dismiss(found)
    return found
  } catch (error) {
    warnOnce('the customer resolver threw', error)
    return malformed
  }
}

/** Is no string, so that the recorder labels it `invalid`. */
const malformed = Symbol('malformed customer')

const dismiss = (promise: Promise<unknown>): void => {
  warnOnce('the customer resolver returned a promise; it must answer at once')
  // Nobody waits for it, and an unhandled rejection would end the process.
  promise.catch(() => {})
}
