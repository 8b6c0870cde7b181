import { setTimeout as sleep } from 'node:timers/promises'

export interface RetryOptions {
  /** How often something is tried in all. */
  readonly attempts?: number
  /** Ends a wait early, and whatever is retried with it. */
  readonly signal?: AbortSignal | undefined
  /** Between 0 and 1; for tests. */
  readonly random?: () => number
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
}

/** Whether an error may be gone later, and how long to wait at least, in milliseconds. */
export type Retryable = (error: unknown) => false | { readonly atLeast?: number | undefined }

const firstDelay = 500
const longestDelay = 8_000
// A server that wants more than that is not worth keeping a build waiting for.
export const longestWish = 60_000

/** Tries something that may be repeated without harm, with waits that grow in between. @throws the last error */
export const retrying = async <T>(
  attempt: () => Promise<T>,
  retryable: Retryable,
  options: RetryOptions = {},
): Promise<T> => confirming(attempt, undefined, retryable, options)

/**
 * Tries something whose answer may be lost after it took effect: before each repeat, and after the last failure, it is looked at
 * what became of it.
 * @param settled what came of it, or undefined where nothing did and it may be repeated; rejects where it must not
 */
export const confirming = async <T>(
  attempt: () => Promise<T>,
  settled: (() => Promise<T | undefined>) | undefined,
  retryable: Retryable,
  options: RetryOptions = {},
): Promise<T> => {
  const { attempts = 5, signal, wait = sleepUnless } = options
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      const hope = retryable(error)
      if (hope === false || signal?.aborted) throw error
      const { atLeast = 0 } = hope
      if (atLeast > longestWish || (tried >= attempts && !settled)) throw error
      await wait(Math.max(atLeast, delayAfter(tried, options)), signal)
      const outcome = await settled?.()
      if (outcome !== undefined) return outcome
      if (tried >= attempts || signal?.aborted) throw error
    }
  }
}

/**
 * Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 * @param tried how often it was, from 1 up
 * @returns milliseconds
 */
export const delayAfter = (
  tried: number,
  { random = Math.random }: Pick<RetryOptions, 'random'> = {},
): number => random() * Math.min(longestDelay, firstDelay * 2 ** (tried - 1))

export const sleepUnless = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {})
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}

/** The seconds or the date of a Retry-After header, in milliseconds from now: https://httpwg.org/specs/rfc9110.html#field.retry-after */
export const retryAfterMilliseconds = (header: string | null, now: number): number | undefined => {
  if (header === null || header.trim() === '') return undefined
  const seconds = Number(header)
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined
}
