import type { FastifyReply } from 'fastify'
import type { FakeServer } from './server.ts'
import type { Store } from './store.ts'

interface Place {
  readonly uid: string
  readonly team: string
}

const levels: readonly string[] = ['View', 'Edit', 'Admin']

/**
 * https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/team/ and, for permissions set one by
 * one, what pkg/services/accesscontrol/resourcepermissions/api.go of grafana/grafana declares.
 * @param isAdmin whether whoever asks has the role Admin: no other may see all teams, or give permissions
 */
export const teamRoutes = ({ app, store }: FakeServer, isAdmin: boolean): void => {
  app.get<{ Querystring: { name?: string } }>('/api/teams/search', ({ query }, reply) => {
    if (!isAdmin) return denied(reply, 'teams:read')
    const teams = [...store.teams]
      .filter(([name]) => name === query.name)
      .map(([name, id]) => ({ id, uid: `team-${id}`, orgId: 1, name, memberCount: 1 }))
    return { totalCount: teams.length, teams, page: 1, perPage: 1000 }
  })

  app.get<{ Params: Place }>('/api/access-control/folders/:uid', ({ params }, reply) => {
    if (!isAdmin) return denied(reply, 'folders.permissions:read')
    if (!store.folders.has(params.uid)) return reply.code(404).send({ message: 'folder not found' })
    return permissionsOf(store, params.uid)
  })

  app.post<{ Params: Place; Body: { permission?: string } }>(
    '/api/access-control/folders/:uid/teams/:team',
    ({ body, params }, reply) => {
      if (!isAdmin) return denied(reply, 'folders.permissions:write')
      const { permission = '' } = body
      const team = Number(params.team)
      if (!Number.isInteger(team)) return reply.code(400).send({ message: 'teamID is invalid' })
      if (!store.folders.has(params.uid) || ![...store.teams.values()].includes(team))
        return reply.code(404).send({ message: 'not found' })
      if (permission !== '' && !levels.includes(permission))
        return reply.code(400).send({ message: `Permission ${permission} is invalid` })
      const given = store.permissions.get(params.uid) ?? new Map<number, string>()
      if (permission === '') given.delete(team)
      else given.set(team, permission)
      store.permissions.set(params.uid, given)
      return { message: permission === '' ? 'Permission removed' : 'Permission updated' }
    },
  )
}

const denied = (reply: FastifyReply, right: string) =>
  reply.code(403).send({
    title: 'Access denied',
    message: `You'll need additional permissions to perform this action. Permissions needed: ${right}`,
  })

/** Its own, and those of the folders above. */
const permissionsOf = (store: Store, uid: string, isInherited = false): object[] => {
  const own = [...(store.permissions.get(uid) ?? [])].map(([teamId, permission]) => ({
    id: teamId,
    roleName: `managed:teams:${teamId}:permissions`,
    isManaged: !isInherited,
    isInherited,
    isServiceAccount: false,
    teamId,
    permission,
    actions: [],
  }))
  const parent = store.folders.get(uid)?.parent
  return parent === undefined ? own : [...own, ...permissionsOf(store, parent, true)]
}
