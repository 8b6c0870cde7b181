export type Json = Readonly<Record<string, unknown>>

export interface StoredVersion {
  readonly version: number
  readonly message: string
  readonly spec: Json
  readonly folder: string
}

export interface StoredDashboard {
  readonly uid: string
  readonly folder: string
  /** Without id, uid and version. */
  readonly spec: Json
  /** Counts up with each change of the spec or the folder. */
  readonly generation: number
  readonly resourceVersion: string
  /** The annotations that are not Grafana's own. */
  readonly annotations: Readonly<Record<string, string>>
  readonly message: string
  /** A file that it is provisioned from. */
  readonly provisionedFrom?: string
  /** The newest first. */
  readonly history: readonly StoredVersion[]
}

export interface StoredFolder {
  readonly uid: string
  readonly title: string
  readonly parent?: string | undefined
}

export interface StoredAnnotation {
  readonly id: number
  readonly text: string
  readonly tags: readonly string[]
  readonly time: number
  readonly timeEnd: number
}

export interface StoredRule extends Json {
  readonly uid: string
  readonly title: string
  /** Who keeps it: `api`, `file`, or nobody. */
  readonly provenance: string
}

export interface StoredRuleGroup {
  readonly title: string
  readonly folderUid: string
  readonly interval: number
  readonly rules: readonly StoredRule[]
}

/** What a fake Grafana keeps. */
export interface Store {
  readonly dashboards: Map<string, StoredDashboard>
  readonly folders: Map<string, StoredFolder>
  readonly annotations: StoredAnnotation[]
  /** By folder and name. */
  readonly ruleGroups: Map<string, StoredRuleGroup>
  /** Ids by name. */
  readonly teams: Map<string, number>
  /** By folder, what teams were given: `View`, `Edit` or `Admin` by their ids. */
  readonly permissions: Map<string, Map<number, string>>
}

export const emptyStore = (): Store => ({
  dashboards: new Map(),
  folders: new Map(),
  annotations: [],
  ruleGroups: new Map(),
  teams: new Map(),
  permissions: new Map(),
})

export interface Save {
  readonly uid: string
  readonly folder: string
  readonly spec: Json
  readonly message?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly provisionedFrom?: string
  /** The older storage counts up with each save. */
  readonly always?: boolean
}

let clock = 1_000

export const saveDashboard = (store: Store, save: Save): StoredDashboard => {
  const { always = false, annotations = {}, folder, message = '', provisionedFrom, uid } = save
  const { id: _id, uid: _uid, version: _version, ...spec } = save.spec
  const before = store.dashboards.get(uid)
  const changed =
    always || before?.folder !== folder || JSON.stringify(before.spec) !== JSON.stringify(spec)
  const generation = (before?.generation ?? 0) + (changed ? 1 : 0)
  clock += 1
  const saved: StoredDashboard = {
    uid,
    folder,
    spec,
    generation,
    resourceVersion: String(clock),
    annotations,
    message,
    ...(provisionedFrom !== undefined && { provisionedFrom }),
    history: changed
      ? [{ version: generation, message, spec, folder }, ...(before?.history ?? [])]
      : (before?.history ?? []),
  }
  store.dashboards.set(uid, saved)
  return saved
}

/** With all that is in it, as Grafana does. */
export const removeFolder = (store: Store, uid: string): void => {
  store.folders.delete(uid)
  for (const dashboard of store.dashboards.values()) {
    if (dashboard.folder === uid) store.dashboards.delete(dashboard.uid)
  }
  for (const [key, { folderUid }] of store.ruleGroups) {
    if (folderUid === uid) store.ruleGroups.delete(key)
  }
  for (const folder of store.folders.values()) {
    if (folder.parent === uid) removeFolder(store, folder.uid)
  }
}
