import { buildDashboards } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { fingerprint } from '../grafana/fingerprint.ts'
import type { Grafana } from '../publishers/grafana-api.ts'
import type { Folder, LiveDashboard } from '../publishers/grafana-dashboards.ts'
import { GrafanaError } from '../publishers/grafana-error.ts'
import type { JsonRecord } from '../publishers/json-record.ts'
import { conflict, type Obstacle } from './conflict.ts'
import { planFolderEditors } from './folder-editors-plan.ts'
import { planFolders } from './grafana-folders.ts'
import { inParallel } from './in-parallel.ts'
import { isSameDashboard } from './same-dashboard.ts'
import type { PlanOptions, Step } from './step.ts'

/**
 * What publishing would do in Grafana: folders and who may edit them, then dashboards in the order of the set, then what is to go. Reads only.
 * @throws {GrafanaError} where something cannot be read
 */
export const planGrafana = async (
  set: DashboardSet,
  grafana: Grafana,
  options: PlanOptions = {},
): Promise<readonly Step[]> => {
  const { editors, folderOf, folders } = planFolders(set, grafana.nests)
  const places = new Map(set.dashboards.map((each) => [each.uid, folderOf(each)]))
  const drafts = buildDashboards(set).map(({ json, uid }) =>
    // What the builder leaves undefined is not sent.
    wanted(set, uid, places.get(uid) ?? set.folder.uid, JSON.parse(JSON.stringify(json))),
  )
  const folderSteps = await inParallel(folders, (folder) => folderStep(folder, grafana))
  const isThere = (uid: string) =>
    folderSteps.some(({ action, name }) => name === uid && action === 'same')
  return [
    ...folderSteps,
    ...(await inParallel(editors, (each) =>
      planFolderEditors(each, isThere(each.folder), grafana),
    )),
    ...(await inParallel(drafts, (draft) => dashboardStep(draft, grafana, options))),
    ...(options.prune ? await staleSteps(set, grafana, options) : []),
  ]
}

interface Wanted {
  readonly uid: string
  readonly title: string
  readonly json: JsonRecord
  readonly folder: string
  readonly mark: { readonly set: string; readonly folder: string; readonly state: string }
}

const wanted = (set: DashboardSet, uid: string, folder: string, json: JsonRecord): Wanted => ({
  uid,
  title: String(json['title'] ?? uid),
  json,
  folder,
  mark: {
    set: set.folder.uid,
    folder,
    state: fingerprint(`${folder} ${JSON.stringify(json)}`).slice(0, 16),
  },
})

const folderStep = async (folder: Folder, grafana: Grafana): Promise<Step> => {
  const { title, uid } = folder
  const live = await grafana.readFolder(uid)
  const step = { target: 'Grafana', kind: 'folder', name: uid, title } as const
  // One that is there is used as it is: what it is called is its owner's matter.
  if (live) return { ...step, action: 'same', live, desired: live, apply: async () => 'the same' }
  return {
    ...step,
    action: 'create',
    desired: folder,
    apply: async () => {
      await grafana.createFolder(folder)
      return 'created'
    },
  }
}

const dashboardStep = async (
  draft: Wanted,
  grafana: Grafana,
  { overwrite = false }: PlanOptions,
): Promise<Step> => {
  const { json, title, uid } = draft
  const live = await grafana.readDashboard(uid)
  const step = { target: 'Grafana', kind: 'dashboard', name: uid, title, desired: json } as const
  const save = (done: string) => async () => {
    await grafana.saveDashboard({ ...draft, over: live })
    return `${done}: ${grafana.url}d/${uid}`
  }
  if (!live) return { ...step, action: 'create', apply: save('created') }
  const found = { ...step, live: live.json }
  if (isSame(draft, live)) return { ...found, action: 'same', apply: async () => 'the same' }
  const obstacle = obstacleTo(live, draft.mark.set, overwrite)
  return obstacle === undefined
    ? { ...found, action: 'update', apply: save('updated') }
    : { ...found, ...(await withPublished(obstacle, live, grafana)) }
}

/** Ours and in the state that it would be sent in, or somebody made the very same. */
const isSame = ({ folder, json, mark }: Wanted, live: LiveDashboard): boolean =>
  (live.untouched && live.mark?.state === mark.state && live.mark.set === mark.set) ||
  (live.folder === folder && isSameDashboard(live.json, json))

const obstacleTo = (live: LiveDashboard, set: string, overwrite: boolean): Obstacle | undefined => {
  const { folder, managedBy, mark, untouched } = live
  if (managedBy !== undefined) {
    return {
      reason: `${managedBy} keeps it, so that nothing else can save it`,
      remedy: 'Remove it there, or give ours another uid.',
    }
  }
  if (overwrite) return undefined
  const theirs = 'Give ours another uid, or take it over with --overwrite.'
  if (!mark) return { reason: 'it is not from cx-dashboards', remedy: theirs }
  if (mark.set !== '' && mark.set !== set) {
    return { reason: `it belongs to the dashboards of the folder ${mark.set}`, remedy: theirs }
  }
  if (untouched) return undefined
  const moved = mark.folder !== '' && mark.folder !== folder
  return {
    reason: `somebody ${moved ? 'moved or changed' : 'changed'} it in Grafana since it was last published`,
    remedy: 'Bring that into the catalog, or write over it with --overwrite.',
  }
}

/** Where we know what they changed, it is shown. */
const withPublished = async (obstacle: Obstacle, live: LiveDashboard, grafana: Grafana) => {
  const published = live.mark && !live.untouched ? await grafana.readPublished(live.uid) : undefined
  return { ...conflict(obstacle), ...(published && { published }) }
}

/** What carries our mark and is in the set no more. */
const staleSteps = async (
  set: DashboardSet,
  grafana: Grafana,
  options: PlanOptions,
): Promise<readonly Step[]> => {
  const kept = new Set(set.dashboards.map(({ uid }) => uid))
  const uids = (await grafana.taggedDashboards(ownTag)).filter((uid) => !kept.has(uid))
  const found = await inParallel(uids, (uid) => grafana.readDashboard(uid))
  const ours = found.flatMap((live) => (live?.mark?.set === set.folder.uid ? [live] : []))
  return inParallel(ours, (live) => staleStep(live, set, grafana, options))
}

/** Every dashboard that is built has it. */
const ownTag = 'cx'

const staleStep = async (
  live: LiveDashboard,
  set: DashboardSet,
  grafana: Grafana,
  { overwrite = false }: PlanOptions,
): Promise<Step> => {
  const { json, title, uid } = live
  const step = { target: 'Grafana', kind: 'dashboard', name: uid, title, live: json } as const
  const obstacle = obstacleTo(live, set.folder.uid, overwrite)
  if (obstacle !== undefined) return { ...step, ...(await withPublished(obstacle, live, grafana)) }
  return { ...step, action: 'delete', apply: () => removeUnlessChanged(live, grafana) }
}

/** The older API removes whatever is there, so it is looked at once more. */
const removeUnlessChanged = async (live: LiveDashboard, grafana: Grafana): Promise<string> => {
  const now = await grafana.readDashboard(live.uid)
  if (now && now.version !== live.version) {
    throw new GrafanaError(
      'somebody saved it at the same time. It was left as they made it; publish again to see their change.',
      'changed',
    )
  }
  if (now) await grafana.removeDashboard(now)
  return 'removed'
}
