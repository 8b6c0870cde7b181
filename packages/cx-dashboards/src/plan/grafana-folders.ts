import type { Owner } from 'cx-definition'
import type { DashboardSet } from '../dashboard-set.ts'
import type { Dashboard } from '../grafana/dashboard.ts'
import { fingerprint } from '../grafana/fingerprint.ts'
import type { Folder } from '../publishers/grafana-dashboards.ts'

export interface FolderPlan {
  /** Each after the one that it is in. */
  readonly folders: readonly Folder[]
  /** The uid of a dashboard's folder. */
  readonly folderOf: (dashboard: Dashboard) => string
  readonly editors: readonly FolderEditors[]
}

/** A team that may edit a folder. */
export interface FolderEditors {
  /** Its uid. */
  readonly folder: string
  /** Its name. */
  readonly team: string
}

/** @param nests whether this Grafana has folders in folders; otherwise an owner's is beside that of the set */
export const planFolders = (
  { dashboards, folder, folders }: DashboardSet,
  nests: boolean,
): FolderPlan => {
  if (folders === undefined) return { folders: [folder], folderOf: () => folder.uid, editors: [] }
  const owners = [...new Set(dashboards.flatMap((each) => ownerOf(each) ?? []))]
  const ofOwner = (owner: Owner): Folder => ({
    uid: ownerUid(folder.uid, owner.name),
    ...(nests
      ? { title: owner.title, parent: folder.uid }
      : { title: `${folder.title}: ${owner.title}` }),
  })
  return {
    folders: [folder, ...owners.map(ofOwner)],
    folderOf: (dashboard) => {
      const owner = ownerOf(dashboard)
      return owner ? ownerUid(folder.uid, owner.name) : folder.uid
    },
    editors: owners.flatMap((owner) => {
      const team = folders === 'byOwner' ? undefined : folders.teamOf(owner)
      return team === undefined ? [] : [{ folder: ownerUid(folder.uid, owner.name), team }]
    }),
  }
}

const ownerOf = ({ feature, objective, owner }: Dashboard): Owner | undefined =>
  owner ?? feature?.owner ?? objective?.feature.owner

/** Grafana's limit for a uid. */
const longest = 40

const ownerUid = (folder: string, owner: string): string => {
  const uid = `${folder}-${owner}`
  return uid.length <= longest && /^[\w-]+$/.test(uid)
    ? uid
    : `${folder.slice(0, 20)}-${fingerprint(uid).slice(0, 16)}`
}
