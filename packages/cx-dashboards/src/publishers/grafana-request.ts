import { recordOf, listOf } from './json-record.ts'
import type { GrafanaAccess } from './grafana-access.ts'
import { GrafanaError } from './grafana-error.ts'
import { retryAfterMilliseconds } from './retry.ts'

export interface GrafanaAnswer {
  readonly status: number
  /** Undefined where it was no JSON. */
  readonly json: unknown
  /** What it says of itself, on one line. */
  readonly said: string
}

export interface RequestOptions {
  readonly request?: typeof fetch
  readonly patienceMilliseconds?: number
  /** Ends what only reads at once; what is being written is waited for. */
  readonly signal?: AbortSignal | undefined
}

/**
 * One request, without repeating it.
 * @returns also a refusal (4xx) that is not about who asks: what it means depends on what was asked
 * @throws {GrafanaError}
 */
export type GrafanaRequest = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<GrafanaAnswer>

const defaultPatience = 30_000

export const grafanaRequest = (
  access: GrafanaAccess,
  { patienceMilliseconds = defaultPatience, request = fetch, signal }: RequestOptions = {},
): GrafanaRequest => {
  const hidden = hidingSecret(access.authorization)
  return async (method, path, body, more) => {
    const url = new URL(path, access.url).href
    // What was asked for is in the path; a query would only make the line longer.
    const what = `${method} ${url.replace(/\?.*$/, '')}`
    try {
      const response = await request(url, {
        method,
        headers: {
          ...more,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(access.authorization === undefined ? {} : { authorization: access.authorization }),
        },
        // A redirect leads to a login page; following it would hide that.
        redirect: 'manual',
        signal: AbortSignal.any([
          AbortSignal.timeout(patienceMilliseconds),
          ...(signal && method === 'GET' ? [signal] : []),
        ]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return judged(what, response, await response.text(), hidden)
    } catch (error) {
      if (error instanceof GrafanaError) throw error
      throw new GrafanaError(
        `${what}: Grafana does not answer (${reason(error, patienceMilliseconds)}). Is it up, and is GRAFANA_URL right?`,
        'later',
        { cause: error },
      )
    }
  }
}

const judged = (
  what: string,
  { headers, status }: Response,
  text: string,
  hidden: (text: string) => string,
): GrafanaAnswer => {
  const json = parsed(text)
  const said = messageOf(json, hidden)
  const refuse = (problem: string) => {
    throw new GrafanaError(`${what}: ${problem}`, 'nothing')
  }
  if (status === 401)
    refuse(
      'Grafana does not know the credentials. Set GRAFANA_TOKEN to the token of a service account.',
    )
  if (status >= 300 && status < 400)
    refuse('it redirects, perhaps to a login page. Is GRAFANA_URL right, https and sub-path too?')
  if (status === 403) {
    throw new GrafanaError(
      `${what}: the credentials may not do that (${said || 'no reason given'}). The service account needs the role ${roleFor(what)}.`,
      'refused',
    )
  }
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfter = retryAfterMilliseconds(headers.get('retry-after'), Date.now())
    const answered = `${what}: Grafana answered ${status} ${said}`.trimEnd()
    throw new GrafanaError(answered, 'later', { retryAfter })
  }
  // What an old Grafana does not have may be answered with its page.
  if (json === undefined && status !== 404 && text !== '')
    refuse('it answers with something other than JSON. Is GRAFANA_URL that of a Grafana?')
  return { status, json, said }
}

/** Who may see teams and give permissions. */
const roleFor = (what: string): string =>
  /\/api\/(?:teams|access-control)\//.test(what) ? 'Admin' : 'Editor'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const reason = (error: unknown, patienceMilliseconds: number): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError') return 'interrupted'
  if (error.name === 'TimeoutError') return `nothing whole within ${patienceMilliseconds / 1000} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

/** What an answer says of itself, on one line. A Kubernetes-style refusal names the fields that it is about. */
const messageOf = (json: unknown, hidden: (text: string) => string): string => {
  const { details, message, status } = recordOf(json)
  const causes = listOf(recordOf(details)['causes']).map((each) => {
    const cause = recordOf(each)
    return `${String(cause['field'] ?? '')} ${String(cause['message'] ?? '')}`.trim()
  })
  const told = typeof message === 'string' ? message : typeof status === 'string' ? status : ''
  return hidden(
    [told, ...causes.filter((cause) => cause !== '' && !told.includes(cause))].join('; '),
  )
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300)
}

/** A server or a proxy may quote what it was sent. */
const hidingSecret = (authorization: string | undefined): ((text: string) => string) => {
  const secret = authorization?.replace(/^\w+ /, '')
  return secret ? (text) => text.replaceAll(secret, '…') : (text) => text
}
