import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import type { GrafanaAccess } from './grafana-access.ts'

export interface SavedDashboard {
  readonly url: string
  readonly version: number
}

/** The part of Grafana's HTTP API that is the same from Grafana 10 to 13. */
export interface Grafana {
  readonly url: string
  version(): Promise<string>
  ensureFolder(folder: { readonly uid: string; readonly title: string }): Promise<void>
  saveDashboard(json: sdk.Dashboard, folderUid: string): Promise<SavedDashboard>
}

/** Errors say what was tried, what Grafana answered and what to do; never a token. */
export const connectGrafana = (access: GrafanaAccess, request: typeof fetch = fetch): Grafana => {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await send(access, request, method, path, body)
    const problem = accessProblem(answer)
    if (problem) throw new Error(`${method} ${answer.url}: ${problem}`)
    return answer
  }
  const expectOk = (answer: Answer, what: string): Answer => {
    if (answer.status >= 200 && answer.status < 300) return answer
    throw new Error(`${what}: Grafana answered ${answer.status} ${messageOf(answer)}`)
  }

  return {
    url: access.url.href,
    version: async () => {
      const answer = await call('GET', 'api/health')
      if (answer.status === 404)
        throw new Error(`${answer.url} is not there. Is GRAFANA_URL that of a Grafana?`)
      const health = expectOk(answer, 'Grafana is not well')
      return String(health.json.version ?? 'of an unknown version')
    },
    ensureFolder: async ({ title, uid }) => {
      const found = await call('GET', `api/folders/${encodeURIComponent(uid)}`)
      if (found.status === 200) return
      if (found.status !== 404) expectOk(found, `the folder ${uid} cannot be read`)
      expectOk(
        await call('POST', 'api/folders', { uid, title }),
        `the folder ${uid} cannot be made`,
      )
    },
    saveDashboard: async (json, folderUid) => {
      // Leaving the folder out would move the dashboard to the root.
      const body = {
        dashboard: { ...json, id: null },
        folderUid,
        overwrite: true,
        message: 'Published by cx-dashboards',
      }
      const { json: saved } = expectOk(
        await call('POST', 'api/dashboards/db', body),
        `the dashboard ${json.uid} cannot be saved`,
      )
      return {
        url: new URL(String(saved.url).replace(/^\//, ''), access.url.origin).href,
        version: Number(saved.version),
      }
    },
  }
}

interface Answer {
  readonly url: string
  readonly status: number
  readonly isJson: boolean
  readonly json: Readonly<Record<string, unknown>>
}

const patienceMilliseconds = 30_000

const send = async (
  { authorization, url: base }: GrafanaAccess,
  request: typeof fetch,
  method: string,
  path: string,
  body: unknown,
): Promise<Answer> => {
  const url = new URL(path, base).href
  try {
    const response = await request(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      // A redirect leads to a login page; following it would hide that.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMilliseconds),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { url, status: response.status, ...parsed(await response.text()) }
  } catch (error) {
    throw new Error(
      `${method} ${url}: Grafana does not answer (${reason(error)}). Is it up, and is GRAFANA_URL right?`,
      { cause: error },
    )
  }
}

const parsed = (text: string): Pick<Answer, 'isJson' | 'json'> => {
  try {
    const json: unknown = JSON.parse(text)
    const isJson = typeof json === 'object' && json !== null
    return { isJson, json: isJson ? (json as Answer['json']) : {} }
  } catch {
    return { isJson: false, json: {} }
  }
}

const reason = (error: unknown): string => {
  const { cause, message, name } = error as Error & { readonly cause?: NodeJS.ErrnoException }
  if (name === 'TimeoutError') return `nothing within ${patienceMilliseconds / 1000} s`
  return cause?.code ?? cause?.message ?? message
}

const messageOf = ({ json }: Answer): string =>
  String(json.message ?? json.status ?? '').slice(0, 300)

const accessProblem = ({ isJson, json, status }: Answer): string | undefined => {
  if (status === 401)
    return 'Grafana does not know the credentials. Set GRAFANA_TOKEN to the token of a service account.'
  if (status === 403) {
    return `the credentials may not do that (${String(json.message ?? 'no reason given').slice(0, 300)}). The service account needs the role Editor.`
  }
  if (status >= 300 && status < 400)
    return 'it redirects, perhaps to a login page. Is GRAFANA_URL right, https and sub-path too?'
  if (!isJson && status < 500)
    return 'it answers with something other than JSON. Is GRAFANA_URL that of a Grafana?'
  return undefined
}
