import type { client as Client } from '@datadog/datadog-api-client'
import type { DatadogAccess } from './datadog-access.ts'
import { datadogAnswer } from './datadog-answer.ts'
import { DatadogError } from './datadog-error.ts'
import { datadogPace, type PaceOptions } from './datadog-pace.ts'

export interface DatadogRequestOptions extends PaceOptions {
  readonly request?: typeof fetch
  readonly patienceMilliseconds?: number
  /** Ends what only reads at once; what is being written is waited for. */
  readonly signal?: AbortSignal | undefined
}

export interface DatadogQuestion {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT'
  /** Such as `/api/v1/monitor/1`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface DatadogAnswer {
  /** Of a refusal that depends on what was asked: 2xx, 400, 404, 409, 413, 422. */
  readonly status: number
  readonly json: unknown
  /** What a refusal says, on one line. */
  readonly said: string
}

/**
 * One request, without repeating it.
 * @throws {DatadogError}
 */
export type DatadogRequest = (question: DatadogQuestion) => Promise<DatadogAnswer>

const defaultPatience = 30_000

/**
 * Addresses, headers and keys are put on by Datadog's own client. Bodies stay plain JSON: its models give up an answer that has a
 * field which they do not know. fetch() sends, since the client's own transport takes the keys along when it is redirected.
 */
export const datadogRequest = async (
  access: DatadogAccess,
  options: DatadogRequestOptions = {},
): Promise<DatadogRequest> => {
  const { patienceMilliseconds = defaultPatience, request = fetch, signal } = options
  const client = await loadClient()
  const configuration = client.createConfiguration({
    baseServer: new client.BaseServerConfiguration(access.url, {}),
    authMethods: { apiKeyAuth: access.apiKey, appKeyAuth: access.appKey },
  })
  const pace = datadogPace(options)
  const hidden = hidingKeys(access)
  return async ({ body, method, path, query = {} }) => {
    const context = configuration.getServer('').makeRequestContext(path, client.HttpMethod[method])
    for (const [name, value] of Object.entries(query)) context.setQueryParam(name, value, '')
    context.setHeaderParam('Accept', 'application/json')
    if (body !== undefined) {
      context.setHeaderParam('Content-Type', 'application/json')
      context.setBody(JSON.stringify(body))
    }
    for (const key of ['apiKeyAuth', 'appKeyAuth'] as const) {
      configuration.authMethods[key]?.applySecurityAuthentication(context)
    }
    const what = `${method} ${access.url}${path}`
    const kind = kindOf(method, path)
    await pace.before(kind, signal)
    try {
      const response = await request(context.getUrl(), {
        method,
        headers: context.getHeaders(),
        // A redirect leads to a login page, or takes the keys elsewhere.
        redirect: 'manual',
        signal: AbortSignal.any([
          AbortSignal.timeout(patienceMilliseconds),
          ...(signal && method === 'GET' ? [signal] : []),
        ]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      pace.after(kind, response.headers)
      return datadogAnswer(what, response, hidden(await response.text()))
    } catch (error) {
      if (error instanceof DatadogError) throw error
      throw new DatadogError(
        `${what}: Datadog does not answer (${hidden(reason(error, patienceMilliseconds))}). Is it up, and are DD_SITE and the network right?`,
        'later',
        { cause: error },
      )
    }
  }
}

/** It is large and loads in a second or so, which only those wait for who talk to Datadog. */
const loadClient = async (): Promise<typeof Client> => {
  try {
    return (await import('@datadog/datadog-api-client')).client
  } catch (error) {
    throw new DatadogError(
      'Datadog’s own client is not installed. Run npm install @datadog/datadog-api-client.',
      'nothing',
      { cause: error },
    )
  }
}

/** What a limit is about, as far as it is known before the answer names it: ids apart. */
const kindOf = (method: string, path: string): string =>
  `${method} ${path.replaceAll(/\/(?=[^/]*\d)[\w-]{3,}(?=\/|$)/g, '/…')}`

const reason = (error: unknown, patienceMilliseconds: number): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError') return 'interrupted'
  if (error.name === 'TimeoutError') return `nothing whole within ${patienceMilliseconds / 1000} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

/** A server or a proxy may quote what it was sent. */
const hidingKeys =
  ({ apiKey, appKey }: DatadogAccess): ((text: string) => string) =>
  (text) =>
    text.replaceAll(apiKey, '…').replaceAll(appKey, '…')
