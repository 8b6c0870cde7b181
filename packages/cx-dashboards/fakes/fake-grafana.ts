import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'

export interface FakeGrafanaOptions {
  /** The value of the Authorization header that is let in; anyone when left out. */
  readonly authorization?: string
  /** Answers in place of the real thing, for the faults that a server can have. */
  readonly fault?: (request: FastifyRequest, reply: FastifyReply) => unknown
  /** As for a Grafana behind a reverse proxy. */
  readonly subPath?: string
}

interface SavedDashboard {
  readonly dashboard: { readonly uid: string; readonly title: string; readonly id: unknown }
  readonly folderUid: string
  readonly version: number
}

/**
 * A fake of Grafana's legacy HTTP API (10 to 13), no more than publishing needs, after
 * https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/ and …/folder/.
 */
export const startFakeGrafana = async ({
  authorization,
  fault,
  subPath = '',
}: FakeGrafanaOptions = {}) => {
  const folders = new Map<string, string>()
  const dashboards = new Map<string, SavedDashboard>()
  const app = Fastify()

  app.addHook('onRequest', async (request, reply) => {
    const answered = fault?.(request, reply)
    if (answered !== undefined) return answered
    if (
      authorization !== undefined &&
      request.headers.authorization !== authorization &&
      request.url !== `${subPath}/api/health`
    ) {
      return reply.code(401).send({ message: 'Unauthorized' })
    }
  })
  app.register(
    async (api) => {
      api.get('/health', () => ({ commit: 'fake', database: 'ok', version: '13.2.3' }))
      api.get<{ Params: { uid: string } }>('/folders/:uid', ({ params: { uid } }, reply) =>
        folders.has(uid)
          ? { uid, title: folders.get(uid) }
          : reply.code(404).send({ message: 'folder not found' }),
      )
      api.post<{ Body: { uid: string; title: string } }>(
        '/folders',
        ({ body: { title, uid } }, reply) => {
          if (folders.has(uid))
            return reply.code(412).send({ message: 'the folder has been changed by someone else' })
          folders.set(uid, title)
          return { uid, title }
        },
      )
      api.post<{ Body: Omit<SavedDashboard, 'version'> & { overwrite: boolean } }>(
        '/dashboards/db',
        ({ body }, reply) => {
          const { dashboard, folderUid, overwrite } = body
          if (!dashboard.title)
            return reply.code(400).send({ message: 'Dashboard title cannot be empty' })
          if (!folders.has(folderUid)) return reply.code(400).send({ message: 'folder not found' })
          const known = dashboards.get(dashboard.uid)
          if (known && !overwrite)
            return reply.code(412).send({
              status: 'version-mismatch',
              message: 'The dashboard has been changed by someone else',
            })
          const version = (known?.version ?? 0) + 1
          dashboards.set(dashboard.uid, { dashboard, folderUid, version })
          return {
            id: 1,
            uid: dashboard.uid,
            url: `${subPath}/d/${dashboard.uid}/slug`,
            status: 'success',
            version,
          }
        },
      )
    },
    { prefix: `${subPath}/api` },
  )
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}${subPath}`
  return { url, folders, dashboards, close: () => app.close() }
}
