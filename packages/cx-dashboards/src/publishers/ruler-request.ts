import { retryAfterMilliseconds } from './retry.ts'
import type { RulerAccess } from './ruler-access.ts'
import { ServerError } from './server-error.ts'

export class RulerError extends ServerError {}

export interface RulerAnswer {
  /** Such as `GET http://localhost:9009/prometheus/config/v1/rules`. */
  readonly what: string
  readonly status: number
  readonly text: string
}

const patienceMilliseconds = 30_000

/** One request, without repeating it. @throws {RulerError} where nothing came back, or what may be gone later */
export const rulerRequest = async (
  { authorization, tenant, url: base }: RulerAccess,
  request: typeof fetch,
  method: string,
  path: string,
  body: string | undefined,
): Promise<RulerAnswer> => {
  const url = new URL(path, base).href
  const what = `${method} ${url}`
  try {
    const response = await request(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/yaml' }),
        ...(authorization === undefined ? {} : { authorization }),
        ...(tenant === undefined ? {} : { 'X-Scope-OrgID': tenant }),
      },
      // A redirect leads to a login page; following it would hide that.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMilliseconds),
      ...(body === undefined ? {} : { body }),
    })
    const { headers, status } = response
    const text = await response.text()
    if (status !== 429 && status < 500) return { what, status, text }
    const retryAfter = retryAfterMilliseconds(headers.get('retry-after'), Date.now())
    const answered = `${what}: the ruler answered ${status} ${saidBy(text)}`.trimEnd()
    throw new RulerError(answered, 'later', { retryAfter })
  } catch (error) {
    if (error instanceof RulerError) throw error
    throw new RulerError(
      `${what}: the ruler does not answer (${reason(error)}). Is it up, and is --ruler right?`,
      'later',
      { cause: error },
    )
  }
}

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing whole within ${patienceMilliseconds / 1000} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

/** What an answer says of itself, on one line. */
export const saidBy = (text: string): string =>
  /^\s*</.test(text)
    ? 'with a web page'
    : text
        .replaceAll(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, 300)
