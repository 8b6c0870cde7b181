import { type Mark, readMark } from './grafana-mark.ts'
import { type GrafanaRequest } from './grafana-request.ts'
import { type JsonRecord, listOf, recordOf } from './json-record.ts'

/** A saved version of a dashboard, as its history lists it. */
export interface SavedVersion {
  readonly version: number
  readonly message: unknown
}

// A person who saved more often than this since our last publish is told of, but not what they changed.
const lookedAt = 50

/**
 * The newest first; none where there is no history. The same from Grafana 10 to 13:
 * https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/dashboard_versions/
 */
export const readHistory = async (
  get: GrafanaRequest,
  uid: string,
): Promise<readonly SavedVersion[]> => {
  const path = `api/dashboards/uid/${encodeURIComponent(uid)}/versions?limit=${lookedAt}`
  const { json } = await get('GET', path)
  // Grafana 10 answers with the list itself.
  const versions = Array.isArray(json) ? json : listOf(recordOf(json)['versions'])
  return versions
    .map(recordOf)
    .map(({ message, version }) => ({ version: Number(version), message }))
    .toSorted((a, b) => b.version - a.version)
}

export interface MarkedVersion {
  readonly version: number
  readonly mark: Mark
}

export const newestMarked = (history: readonly SavedVersion[]): MarkedVersion | undefined => {
  for (const { message, version } of history) {
    const mark = readMark(message)
    if (mark) return { version, mark }
  }
  return undefined
}

/** What we sent last, where Grafana still has it. */
export const readPublished = async (
  get: GrafanaRequest,
  uid: string,
): Promise<JsonRecord | undefined> => {
  const marked = newestMarked(await readHistory(get, uid))
  if (!marked) return undefined
  const path = `api/dashboards/uid/${encodeURIComponent(uid)}/versions/${marked.version}`
  const { json, status } = await get('GET', path)
  const { data } = recordOf(json)
  return status === 200 && data !== undefined ? recordOf(data) : undefined
}
