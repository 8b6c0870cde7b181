import { perhapsLater } from './grafana-error.ts'
import { expectOk } from './grafana-legacy.ts'
import { type GrafanaRequest } from './grafana-request.ts'
import { listOf, recordOf, textOf } from './json-record.ts'
import { retrying, type RetryOptions } from './retry.ts'

export interface TeamApi {
  /** The id of the team of exactly that name; undefined where there is none, or none that is shown to us. */
  findTeam(name: string): Promise<number | undefined>
  /** What a team may do in a folder, by its own or by a folder above: `View`, `Edit` or `Admin`; undefined where nothing is given. */
  teamPermission(folder: string, team: number): Promise<string | undefined>
  /** Whatever it was given before. Nothing that others were given changes. */
  letTeamEdit(folder: string, team: number): Promise<void>
}

/**
 * The team by https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/team/. Not by the folder's
 * list of permissions, which takes away what it does not name, but by setting one: pkg/services/accesscontrol/resourcepermissions/api.go.
 */
export const grafanaTeams = (
  get: GrafanaRequest,
  request: GrafanaRequest,
  options: RetryOptions,
): TeamApi => ({
  findTeam: async (name) => {
    const answer = await get('GET', `api/teams/search?${new URLSearchParams({ name })}`)
    expectOk(answer, `the team ${name} cannot be looked for`)
    const found = listOf(recordOf(answer.json)['teams']).map(recordOf)
    const id = found.find((team) => team['name'] === name)?.['id']
    return typeof id === 'number' ? id : undefined
  },
  teamPermission: async (folder, team) => {
    const answer = await get('GET', folderPath(folder))
    expectOk(answer, `the permissions of the folder ${folder} cannot be read`)
    const given = listOf(answer.json)
      .map(recordOf)
      .filter(({ teamId }) => teamId === team)
      .map(({ permission }) => textOf(permission))
    return ['Admin', 'Edit', 'View'].find((permission) => given.includes(permission))
  },
  letTeamEdit: async (folder, team) => {
    const path = `${folderPath(folder)}/teams/${team}`
    const body = { permission: 'Edit' }
    const answer = await retrying(() => request('POST', path, body), perhapsLater, options)
    expectOk(answer, `the permissions of the folder ${folder} cannot be changed`)
  },
})

const folderPath = (uid: string): string => `api/access-control/folders/${encodeURIComponent(uid)}`
