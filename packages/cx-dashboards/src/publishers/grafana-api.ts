import type { GrafanaAccess } from './grafana-access.ts'
import { type AlertRuleApi, grafanaAlertRules } from './grafana-alert-rules.ts'
import { type AnnotationApi, grafanaAnnotations } from './grafana-annotations.ts'
import type {
  DashboardApi,
  DashboardDraft,
  Folder,
  FolderApi,
  LiveDashboard,
} from './grafana-dashboards.ts'
import { GrafanaError, perhapsLater } from './grafana-error.ts'
import { readPublished } from './grafana-history.ts'
import { type ApiGroup, kubernetesDashboards, kubernetesFolders } from './grafana-kubernetes.ts'
import { changedMeanwhile, expectOk, legacyDashboards, legacyFolders } from './grafana-legacy.ts'
import { type GrafanaRequest, grafanaRequest, type RequestOptions } from './grafana-request.ts'
import { type JsonRecord, listOf, recordOf, textOf } from './json-record.ts'
import { grafanaTeams, type TeamApi } from './grafana-teams.ts'
import { confirming, retrying, type RetryOptions } from './retry.ts'

export interface GrafanaOptions extends RequestOptions, RetryOptions {}

/**
 * Grafana 10 to 13, by whichever of its APIs it has. Reading is repeated while a failure may pass; a write whose answer was lost is
 * looked after before it is repeated. Every method rejects with a {@link GrafanaError}.
 */
export interface Grafana extends AlertRuleApi, AnnotationApi, TeamApi {
  readonly url: string
  /** Such as `13.2.3`. */
  readonly version: string
  /** Whether folders can be in folders: from Grafana 11 on. */
  readonly nests: boolean
  readFolder(uid: string): Promise<Folder | undefined>
  createFolder(folder: Folder): Promise<void>
  readDashboard(uid: string): Promise<LiveDashboard | undefined>
  /** What we sent last, where its history still has it. */
  readPublished(uid: string): Promise<JsonRecord | undefined>
  /** The uids of all dashboards that have a tag. */
  taggedDashboards(tag: string): Promise<readonly string[]>
  saveDashboard(draft: DashboardDraft): Promise<void>
  removeDashboard(live: LiveDashboard): Promise<void>
}

/** Finds out what there is; reads only. */
export const connectGrafana = async (
  access: GrafanaAccess,
  options: GrafanaOptions = {},
): Promise<Grafana> => {
  const request = grafanaRequest(access, options)
  const get: GrafanaRequest = (...args) => retrying(() => request(...args), perhapsLater, options)
  const version = await readVersion(get, access.url)
  const [dashboardVersion, folderVersion] = [
    await servedVersion(get, 'dashboard.grafana.app'),
    await servedVersion(get, 'folder.grafana.app'),
  ]
  const namespace = dashboardVersion || folderVersion ? await readNamespace(get) : 'default'
  const group = (served: string): ApiGroup => ({ version: served, namespace })
  const dashboards = dashboardVersion
    ? kubernetesDashboards(get, request, group(dashboardVersion))
    : legacyDashboards(get, request)
  const folders = folderVersion
    ? kubernetesFolders(get, request, group(folderVersion))
    : legacyFolders(get, request)
  return {
    url: access.url.href,
    version,
    nests: Number.parseInt(version, 10) >= 11,
    readFolder: (uid) => folders.read(uid),
    createFolder: (folder) => createFolder(folders, folder, options),
    readDashboard: (uid) => dashboards.read(uid),
    readPublished: (uid) => readPublished(get, uid),
    taggedDashboards: (tag) => taggedDashboards(get, tag),
    saveDashboard: (draft) => saveDashboard(dashboards, draft, options),
    removeDashboard: (live) =>
      // What is gone already is done.
      retrying(() => dashboards.remove(live), perhapsLater, options),
    ...grafanaAlertRules(get, request, options),
    ...grafanaAnnotations(get, request, options),
    ...grafanaTeams(get, request, options),
  }
}

const readVersion = async (get: GrafanaRequest, url: URL): Promise<string> => {
  const answer = await get('GET', 'api/health')
  if (answer.status === 404)
    throw new GrafanaError(
      `${url.href}api/health is not there. Is GRAFANA_URL that of a Grafana?`,
      'nothing',
    )
  expectOk(answer, 'Grafana is not well')
  return textOf(recordOf(answer.json)['version']) ?? 'of an unknown version'
}

// The versions that take the classic schema, the newest first.
const spoken = ['v1', 'v1beta1']

/** Grafana 10 and 11 have none: https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/apis/ */
const servedVersion = async (get: GrafanaRequest, group: string): Promise<string | undefined> => {
  const { json, status } = await get('GET', `apis/${group}/`)
  if (status !== 200) return undefined
  const served = listOf(recordOf(json)['versions']).map((each) => recordOf(each)['version'])
  return spoken.find((version) => served.includes(version))
}

const readNamespace = async (get: GrafanaRequest): Promise<string> => {
  const { json } = await get('GET', 'api/frontend/settings')
  return textOf(recordOf(json)['namespace']) ?? 'default'
}

const pageSize = 1000

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/folder_dashboard_search/ */
const taggedDashboards = async (get: GrafanaRequest, tag: string): Promise<readonly string[]> => {
  const uids: string[] = []
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({
      type: 'dash-db',
      tag,
      limit: `${pageSize}`,
      page: `${page}`,
    })
    const answer = await get('GET', `api/search?${query}`)
    expectOk(answer, 'dashboards cannot be searched')
    const hits = listOf(answer.json)
    uids.push(...hits.flatMap((hit) => textOf(recordOf(hit)['uid']) ?? []))
    if (hits.length < pageSize) return [...new Set(uids)]
  }
}

const createFolder = (folders: FolderApi, folder: Folder, options: RetryOptions): Promise<void> =>
  settledOnce(
    () => folders.create(folder),
    async () => (await folders.read(folder.uid)) !== undefined,
    options,
  )

/** After a lost answer: ours is there, or what we read is still there, or somebody else wrote. */
const saveDashboard = (
  api: DashboardApi,
  draft: DashboardDraft,
  options: RetryOptions,
): Promise<void> =>
  settledOnce(
    () => api.write(draft),
    async () => {
      const live = await api.read(draft.uid)
      if (live?.untouched && live.mark?.state === draft.mark.state) return true
      if (live?.version === draft.over?.version) return false
      throw changedMeanwhile(draft.uid)
    },
    options,
  )

const settledOnce = async (
  write: () => Promise<void>,
  isDone: () => Promise<boolean>,
  options: RetryOptions,
): Promise<void> => {
  await confirming(
    async () => {
      await write()
      return true
    },
    async () => ((await isDone()) ? true : undefined),
    perhapsLater,
    options,
  )
}
