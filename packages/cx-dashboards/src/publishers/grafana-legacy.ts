import type { DashboardApi, FolderApi, LiveDashboard } from './grafana-dashboards.ts'
import { GrafanaError } from './grafana-error.ts'
import { newestMarked, readHistory } from './grafana-history.ts'
import { markText } from './grafana-mark.ts'
import { type GrafanaAnswer, type GrafanaRequest } from './grafana-request.ts'
import { recordOf, textOf } from './json-record.ts'

/**
 * https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/dashboard/
 * @param get repeats what may be gone later; only for reading
 */
export const legacyDashboards = (get: GrafanaRequest, request: GrafanaRequest): DashboardApi => ({
  read: async (uid) => {
    const answer = await get('GET', dashboardPath(uid))
    if (answer.status === 404) return undefined
    expectOk(answer, `the dashboard ${uid} cannot be read`)
    return liveDashboard(uid, answer, get)
  },
  write: async ({ folder, json, mark, over, uid }) => {
    const version = over ? { version: Number(over.version) } : {}
    const answer = await request('POST', 'api/dashboards/db', {
      // An id would be another installation's.
      dashboard: { ...json, id: null, uid, ...version },
      // Left out, the dashboard would move to the root.
      folderUid: folder,
      message: markText(mark),
      overwrite: false,
    })
    if (answer.status === 412) throw preconditionFailed(uid, answer)
    expectOk(answer, `the dashboard ${uid} cannot be saved`)
  },
  remove: async ({ uid }) => {
    const answer = await request('DELETE', dashboardPath(uid))
    if (answer.status !== 404) expectOk(answer, `the dashboard ${uid} cannot be removed`)
  },
})

const dashboardPath = (uid: string): string => `api/dashboards/uid/${encodeURIComponent(uid)}`

const liveDashboard = async (
  uid: string,
  { json }: GrafanaAnswer,
  get: GrafanaRequest,
): Promise<LiveDashboard> => {
  const { dashboard, meta } = recordOf(json)
  const saved = recordOf(dashboard)
  const { folderUid, provisioned, provisionedExternalId } = recordOf(meta)
  const folder = textOf(folderUid) ?? ''
  const version = Number(saved['version'])
  const marked = newestMarked(await readHistory(get, uid))
  return {
    uid,
    title: textOf(saved['title']) ?? uid,
    json: saved,
    folder,
    version: String(version),
    managedBy: provisioned === true ? `the file ${textOf(provisionedExternalId) ?? ''}` : undefined,
    mark: marked?.mark,
    untouched: marked?.version === version && isWhereItWasPut(marked.mark.folder, folder),
  }
}

/** Version 0.2 did not write down where that was. */
export const isWhereItWasPut = (put: string, is: string): boolean => put === '' || put === is

const preconditionFailed = (uid: string, { json, said }: GrafanaAnswer): GrafanaError => {
  const status = textOf(recordOf(json)['status'])
  if (status === 'name-exists') {
    return new GrafanaError(
      `the dashboard ${uid} cannot be saved: its folder has another one of the same title. Rename one of the two.`,
      'refused',
    )
  }
  return status === 'plugin-dashboard'
    ? new GrafanaError(
        `the dashboard ${uid} cannot be saved: it belongs to a plugin (${said}). Give ours another uid.`,
        'refused',
      )
    : changedMeanwhile(uid)
}

export const changedMeanwhile = (uid: string): GrafanaError =>
  new GrafanaError(
    `somebody saved the dashboard ${uid} at the same time. It was left as they made it; publish again to see their change.`,
    'changed',
  )

export const expectOk = ({ said, status }: GrafanaAnswer, what: string): void => {
  if (status >= 200 && status < 300) return
  throw new GrafanaError(`${what}: ${`Grafana answered ${status} ${said}`.trimEnd()}`, 'refused')
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/folder/ */
export const legacyFolders = (get: GrafanaRequest, request: GrafanaRequest): FolderApi => ({
  read: async (uid) => {
    const answer = await get('GET', `api/folders/${encodeURIComponent(uid)}`)
    if (answer.status === 404) return undefined
    expectOk(answer, `the folder ${uid} cannot be read`)
    const { parentUid, title } = recordOf(answer.json)
    return { uid, title: textOf(title) ?? uid, parent: textOf(parentUid) }
  },
  create: async ({ parent, title, uid }) => {
    const nested = parent === undefined ? {} : { parentUid: parent }
    const answer = await request('POST', 'api/folders', { uid, title, ...nested })
    expectCreated(uid, title, answer)
  },
})

export const expectCreated = (uid: string, title: string, answer: GrafanaAnswer): void => {
  if (answer.status !== 409 && answer.status !== 412) {
    return expectOk(answer, `the folder ${uid} cannot be made`)
  }
  throw new GrafanaError(
    `the folder ${uid} cannot be made: Grafana has another one titled “${title}”, or one of that uid came in between (${answer.said}). Rename one of the two, or give the uid of theirs.`,
    'changed',
  )
}
