import type {
  DashboardApi,
  DashboardDraft,
  FolderApi,
  LiveDashboard,
} from './grafana-dashboards.ts'
import { GrafanaError } from './grafana-error.ts'
import { newestMarked, readHistory } from './grafana-history.ts'
import { changedMeanwhile, expectCreated, expectOk, isWhereItWasPut } from './grafana-legacy.ts'
import { annotationText, generationIn, type Mark, markText, readMark } from './grafana-mark.ts'
import { type GrafanaRequest } from './grafana-request.ts'
import { type JsonRecord, recordOf, textOf } from './json-record.ts'

/** Which of the versions that a server has is spoken, and in which namespace. */
export interface ApiGroup {
  /** Such as `v1`. */
  readonly version: string
  /** `default`, or that of an organisation or a stack. */
  readonly namespace: string
}

const dashboardGroup = 'dashboard.grafana.app'
const folderGroup = 'folder.grafana.app'

// The mark where the server keeps annotations of others, as its newer ones do; the message it keeps always.
const markAnnotation = 'cx-dashboards/published'
const folderAnnotation = 'grafana.app/folder'
const messageAnnotation = 'grafana.app/message'

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/dashboard/ */
export const kubernetesDashboards = (
  get: GrafanaRequest,
  request: GrafanaRequest,
  group: ApiGroup,
): DashboardApi => {
  const path = (uid: string) =>
    `${collection(dashboardGroup, group, 'dashboards')}/${encodeURIComponent(uid)}`
  return {
    read: async (uid) => {
      const answer = await get('GET', path(uid))
      if (answer.status === 404) return undefined
      expectOk(answer, `the dashboard ${uid} cannot be read`)
      return liveDashboard(uid, recordOf(answer.json), get)
    },
    write: async (draft) => {
      const { over, uid } = draft
      const answer = over
        ? await request('PUT', path(uid), dashboardObject(draft, group))
        : await request(
            'POST',
            collection(dashboardGroup, group, 'dashboards'),
            dashboardObject(draft, group),
          )
      if (answer.status === 409 || answer.status === 412) throw changedMeanwhile(uid)
      if (answer.status === 404 && over) throw deletedMeanwhile(uid)
      expectOk(answer, `the dashboard ${uid} cannot be saved`)
    },
    remove: async ({ uid, version }) => {
      const answer = await request('DELETE', path(uid), {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { resourceVersion: version },
      })
      if (answer.status === 409 || answer.status === 412) throw changedMeanwhile(uid)
      if (answer.status !== 404) expectOk(answer, `the dashboard ${uid} cannot be removed`)
    },
  }
}

const collection = (name: string, { namespace, version }: ApiGroup, resource: string): string =>
  `apis/${name}/${version}/namespaces/${encodeURIComponent(namespace)}/${resource}`

const deletedMeanwhile = (uid: string): GrafanaError =>
  new GrafanaError(
    `somebody removed the dashboard ${uid} at the same time. Publish again to make it anew.`,
    'changed',
  )

const liveDashboard = async (
  uid: string,
  { metadata, spec }: JsonRecord,
  get: GrafanaRequest,
): Promise<LiveDashboard> => {
  const meta = recordOf(metadata)
  const annotations = recordOf(meta['annotations'])
  const folder = textOf(annotations[folderAnnotation]) ?? ''
  const generation = Number(meta['generation'])
  const marked = markIn(annotations) ?? newestMarked(await readHistory(get, uid))
  return {
    uid,
    title: textOf(recordOf(spec)['title']) ?? uid,
    json: recordOf(spec),
    folder,
    version: String(meta['resourceVersion'] ?? ''),
    managedBy: managerIn(annotations),
    mark: marked?.mark,
    untouched: marked?.version === generation && isWhereItWasPut(marked.mark.folder, folder),
    metadata: meta,
  }
}

const markIn = (
  annotations: JsonRecord,
): { readonly mark: Mark; readonly version: number } | undefined => {
  const text = textOf(annotations[markAnnotation])
  const [mark, version] = [readMark(text), generationIn(text ?? '')]
  return mark && version !== undefined ? { mark, version } : undefined
}

// https://github.com/grafana/grafana/blob/main/pkg/apimachinery/utils/manager.go
const managerIn = (annotations: JsonRecord): string | undefined => {
  const kind = textOf(annotations['grafana.app/managedBy'])
  if (kind === undefined) return undefined
  const identity = textOf(annotations['grafana.app/managerId']) ?? ''
  return (
    kind === 'classic-file-provisioning' ? `the file provider ${identity}` : `${kind} ${identity}`
  ).trim()
}

const dashboardObject = (
  { folder, json, mark, over, uid }: DashboardDraft,
  { version }: ApiGroup,
): JsonRecord => {
  const { annotations, generation = 0, labels, resourceVersion } = over?.metadata ?? {}
  return {
    apiVersion: `${dashboardGroup}/${version}`,
    kind: 'Dashboard',
    metadata: {
      name: uid,
      ...(over && { resourceVersion }),
      ...(labels !== undefined && { labels }),
      annotations: {
        ...recordOf(annotations),
        [folderAnnotation]: folder,
        [messageAnnotation]: markText(mark),
        // A changed spec or folder counts one up.
        [markAnnotation]: annotationText(mark, Number(generation) + 1),
      },
    },
    spec: specOf(json),
  }
}

/** Its identity is in the metadata. */
const specOf = (json: JsonRecord): JsonRecord => {
  const { id: _id, uid: _uid, version: _version, ...spec } = json
  return spec
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/folder/ */
export const kubernetesFolders = (
  get: GrafanaRequest,
  request: GrafanaRequest,
  group: ApiGroup,
): FolderApi => {
  const path = collection(folderGroup, group, 'folders')
  return {
    read: async (uid) => {
      const answer = await get('GET', `${path}/${encodeURIComponent(uid)}`)
      if (answer.status === 404) return undefined
      expectOk(answer, `the folder ${uid} cannot be read`)
      const { metadata, spec } = recordOf(answer.json)
      const parent = recordOf(recordOf(metadata)['annotations'])[folderAnnotation]
      return { uid, title: textOf(recordOf(spec)['title']) ?? uid, parent: textOf(parent) }
    },
    create: async ({ parent, title, uid }) => {
      const annotations =
        parent === undefined ? {} : { annotations: { [folderAnnotation]: parent } }
      const answer = await request('POST', path, {
        apiVersion: `${folderGroup}/${group.version}`,
        kind: 'Folder',
        metadata: { name: uid, ...annotations },
        spec: { title },
      })
      expectCreated(uid, title, answer)
    },
  }
}
