import { copy } from './copy.ts'

/** The service was not reached, did not answer, or failed: to send it again may help. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'
  readonly kind: 'offline' | 'timeout' | 'server'

  constructor(kind: RequestFailure['kind']) {
    super(copy.errors[kind])
    this.kind = kind
  }
}

/** The service understood and said no. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly field?: string
  readonly missing?: string
}

export type Answer<Value> =
  | { readonly value: Value; readonly refusal?: undefined }
  | { readonly refusal: Refusal }

export interface RequestOptions {
  readonly body?: object
  /** The page has gone on to something else. */
  readonly signal?: AbortSignal
}

const patienceMilliseconds = 10_000

/** @throws {RequestFailure}, or an AbortError when the signal says so */
export const request = async <Value>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  { body, signal }: RequestOptions = {},
): Promise<Answer<Value>> => {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), patienceMilliseconds)
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.any([patience.signal, ...(signal ? [signal] : [])]),
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    if (response.status >= 500 || response.status === 429) throw new RequestFailure('server')
    const answer: unknown = response.status === 204 ? undefined : await response.json()
    return response.ok
      ? { value: answer as Value }
      : { refusal: { ...(answer as Refusal), status: response.status } }
  } catch (error) {
    if (signal?.aborted || error instanceof RequestFailure) throw error
    if (patience.signal.aborted) throw new RequestFailure('timeout')
    // What is no JSON comes from something between us and the service.
    throw new RequestFailure(error instanceof SyntaxError ? 'server' : 'offline')
  } finally {
    clearTimeout(timer)
  }
}
