import { longestWish, sleepUnless } from './retry.ts'

export interface PaceOptions {
  readonly now?: () => number
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
}

/** Asks no more than a limit has left, so that Datadog need not refuse: https://docs.datadoghq.com/api/latest/rate-limits */
export interface DatadogPace {
  /** Waits where the last answer of a kind said that its limit is used up. */
  readonly before: (kind: string, signal: AbortSignal | undefined) => Promise<void>
  readonly after: (kind: string, headers: Headers) => void
}

export const datadogPace = ({ now = Date.now, wait = sleepUnless }: PaceOptions): DatadogPace => {
  // Several kinds of requests may share one limit.
  const limits = new Map<string, string>()
  const closedUntil = new Map<string, number>()
  return {
    before: async (kind, signal) => {
      const rest = (closedUntil.get(limits.get(kind) ?? kind) ?? 0) - now()
      // Longer than that, and the refusal says so.
      if (rest > 0 && rest <= longestWish) await wait(rest, signal)
    },
    after: (kind, headers) => {
      const { name = kind, remaining, reset } = rateLimit(headers)
      limits.set(kind, name)
      if (remaining === 0 && reset !== undefined) closedUntil.set(name, now() + reset * 1000)
    },
  }
}

export interface RateLimit {
  readonly name: string | undefined
  readonly limit: number | undefined
  /** Seconds. */
  readonly period: number | undefined
  readonly remaining: number | undefined
  /** Seconds from now. */
  readonly reset: number | undefined
}

export const rateLimit = (headers: Headers): RateLimit => {
  const number = (name: string) => {
    const text = headers.get(`x-ratelimit-${name}`)
    return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : undefined
  }
  return {
    name: headers.get('x-ratelimit-name') ?? undefined,
    limit: number('limit'),
    period: number('period'),
    remaining: number('remaining'),
    reset: number('reset'),
  }
}
