import type { Grafana } from '../publishers/grafana-api.ts'
import { GrafanaError } from '../publishers/grafana-error.ts'
import { conflict } from './conflict.ts'
import type { FolderEditors } from './grafana-folders.ts'
import type { Step } from './step.ts'

/** That a team may edit its owner's folder. Only ever gives: what a team or anybody else was given before stays. */
export const planFolderEditors = async (
  { folder, team }: FolderEditors,
  isThere: boolean,
  grafana: Grafana,
): Promise<Step> => {
  const about = {
    target: 'Grafana',
    kind: 'permission',
    name: `${folder}/${team}`,
    title: team,
    desired: edit,
  } as const
  try {
    const id = await grafana.findTeam(team)
    if (id === undefined) return { ...about, ...conflict(unknownTeam(team)) }
    const given = isThere ? await grafana.teamPermission(folder, id) : undefined
    const live = given === undefined ? {} : { live: { permission: given } }
    if (mayEdit(given)) {
      return { ...about, ...live, action: 'same', apply: async () => 'the same' }
    }
    const apply = () => letEdit(folder, id, grafana)
    return { ...about, ...live, action: given === undefined ? 'create' : 'update', apply }
  } catch (error) {
    if (error instanceof GrafanaError && error.hope === 'refused') {
      return {
        ...about,
        ...conflict({ reason: 'Grafana does not let us see it', remedy: error.message }),
      }
    }
    throw error
  }
}

const edit = { permission: 'Edit' }

const mayEdit = (permission: string | undefined): boolean =>
  permission === 'Edit' || permission === 'Admin'

const unknownTeam = (team: string) => ({
  reason: `Grafana shows us no team named ${JSON.stringify(team)}`,
  remedy: 'Make it, or give the name of another one where folders are set.',
})

/** Looked at once more: somebody may have given it more meanwhile. */
const letEdit = async (folder: string, id: number, grafana: Grafana): Promise<string> => {
  if (!mayEdit(await grafana.teamPermission(folder, id))) await grafana.letTeamEdit(folder, id)
  return 'given: it may edit'
}
