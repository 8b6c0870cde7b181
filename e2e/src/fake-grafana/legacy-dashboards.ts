import type { FakeServer } from './server.ts'
import { type Json, saveDashboard, type StoredDashboard } from './store.ts'

interface SaveBody {
  readonly dashboard: Json & { readonly uid?: string; readonly title?: string }
  readonly folderUid?: string
  readonly message?: string
  readonly overwrite?: boolean
}

/**
 * https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/dashboard/ for status codes and
 * bodies, …/dashboard_versions/ for the history, …/folder_dashboard_search/ for the search.
 */
export const legacyDashboardRoutes = ({ app, major, store }: FakeServer): void => {
  app.get<{ Params: { uid: string } }>('/api/dashboards/uid/:uid', ({ params }, reply) => {
    const found = store.dashboards.get(params.uid)
    return found ? withMeta(found) : reply.code(404).send({ message: 'Dashboard not found' })
  })

  app.get<{ Params: { uid: string }; Querystring: { limit?: string } }>(
    '/api/dashboards/uid/:uid/versions',
    ({ params, query }, reply) => {
      const found = store.dashboards.get(params.uid)
      if (!found) return reply.code(404).send({ message: 'Dashboard not found' })
      const versions = found.history
        .slice(0, Number(query.limit ?? 1000))
        .map(({ message, version }) => ({ id: version, uid: found.uid, version, message }))
      // An object since 11.5 or so; a list before.
      return major < 12 ? versions : { continueToken: '', versions }
    },
  )

  app.get<{ Params: { uid: string; version: string } }>(
    '/api/dashboards/uid/:uid/versions/:version',
    ({ params }, reply) => {
      const version = store.dashboards
        .get(params.uid)
        ?.history.find((each) => each.version === Number(params.version))
      if (!version) return reply.code(404).send({ message: 'Dashboard version not found' })
      const { message, spec } = version
      return { uid: params.uid, version: version.version, message, data: spec }
    },
  )

  app.post<{ Body: SaveBody }>('/api/dashboards/db', ({ body }, reply) => {
    const refusal = refused(body, { major, store })
    if (refusal) return reply.code(refusal.code).send(refusal.body)
    const { dashboard, folderUid = '', message = '' } = body
    const uid = dashboard.uid ?? `generated-${store.dashboards.size}`
    const saved = saveDashboard(store, {
      uid,
      folder: folderUid,
      spec: dashboard,
      message,
      always: true,
    })
    const url = `/d/${uid}/slug`
    return { id: 1, uid, url, status: 'success', version: saved.generation, slug: 'slug' }
  })

  app.delete<{ Params: { uid: string } }>('/api/dashboards/uid/:uid', ({ params }, reply) => {
    const found = store.dashboards.get(params.uid)
    if (!found) return reply.code(404).send({ message: 'Dashboard not found' })
    if (found.provisionedFrom !== undefined)
      return reply.code(400).send({ message: 'provisioned dashboard cannot be deleted' })
    store.dashboards.delete(params.uid)
    return { title: found.spec['title'], message: 'Dashboard deleted', id: 1 }
  })

  app.get<{ Querystring: { tag?: string; limit?: string; page?: string } }>(
    '/api/search',
    ({ query: { limit = '1000', page = '1', tag } }) => {
      const hits = [...store.dashboards.values()].filter(
        ({ spec }) =>
          tag === undefined || (Array.isArray(spec['tags']) && spec['tags'].includes(tag)),
      )
      const start = (Number(page) - 1) * Number(limit)
      return hits.slice(start, start + Number(limit)).map(({ folder, spec, uid }) => ({
        id: 1,
        uid,
        title: spec['title'],
        type: 'dash-db',
        tags: spec['tags'] ?? [],
        folderUid: folder,
      }))
    },
  )
}

const withMeta = ({ folder, generation, provisionedFrom, spec, uid }: StoredDashboard) => ({
  dashboard: { ...spec, id: 1, uid, version: generation },
  meta: {
    type: 'db',
    folderUid: folder,
    version: generation,
    provisioned: provisionedFrom !== undefined,
    provisionedExternalId: provisionedFrom ?? '',
  },
})

/** In the order in which Grafana looks at them. */
const refused = (
  { dashboard, folderUid = '', overwrite = false }: SaveBody,
  { major, store }: Pick<FakeServer, 'major' | 'store'>,
): { readonly code: number; readonly body: Json } | undefined => {
  const { title = '', uid = '' } = dashboard
  if (title === '')
    return {
      code: 400,
      body: { status: 'empty-name', message: 'Dashboard title cannot be empty' },
    }
  if (uid.length > 40) return { code: 400, body: { message: 'uid too long, max 40 characters' } }
  if (folderUid !== '' && !store.folders.has(folderUid))
    return { code: 400, body: { message: 'folder not found' } }
  const found = store.dashboards.get(uid)
  if (found?.provisionedFrom !== undefined)
    return { code: 400, body: { message: 'Cannot save provisioned dashboard' } }
  if (found && !overwrite && found.generation !== dashboard['version'])
    return {
      code: 412,
      body: {
        status: 'version-mismatch',
        message: 'The dashboard has been changed by someone else',
      },
    }
  const namesake = [...store.dashboards.values()].some(
    (each) => each.uid !== uid && each.folder === folderUid && each.spec['title'] === title,
  )
  // Grafana 11 no longer minds.
  return major < 11 && namesake
    ? {
        code: 412,
        body: {
          status: 'name-exists',
          message: 'A dashboard with the same name in the folder already exists',
        },
      }
    : undefined
}
