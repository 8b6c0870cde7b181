import type { Mark } from './grafana-mark.ts'
import type { JsonRecord } from './json-record.ts'

/** A dashboard as it is in Grafana. */
export interface LiveDashboard {
  readonly uid: string
  readonly title: string
  /** In the classic schema. */
  readonly json: JsonRecord
  /** The uid of its folder; empty at the root. */
  readonly folder: string
  /** What a write must name, so that nothing that came in between is lost. */
  readonly version: string
  /** Who else keeps it, such as a file that it is provisioned from: then nothing can be written. */
  readonly managedBy: string | undefined
  /** The last of our marks, where there is one. */
  readonly mark: Mark | undefined
  /** Whether nobody else has saved or moved it since. */
  readonly untouched: boolean
  /** What a Kubernetes-style write must hand back. */
  readonly metadata?: JsonRecord
}

export interface DashboardDraft {
  readonly uid: string
  readonly json: JsonRecord
  readonly folder: string
  readonly mark: Mark
  /** What it replaces, and nothing newer; nothing at all where it is left out. */
  readonly over?: LiveDashboard | undefined
}

/** Writes are tried once: whoever calls says what a lost answer means. @throws {GrafanaError} */
export interface DashboardApi {
  read(uid: string): Promise<LiveDashboard | undefined>
  write(draft: DashboardDraft): Promise<void>
  /** Also where it is gone already. */
  remove(live: LiveDashboard): Promise<void>
}

export interface Folder {
  readonly uid: string
  readonly title: string
  /** The uid of the folder that it is in; at the root where there is none. */
  readonly parent?: string | undefined
}

export interface FolderApi {
  read(uid: string): Promise<Folder | undefined>
  create(folder: Folder): Promise<void>
}
