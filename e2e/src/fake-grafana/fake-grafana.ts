import Fastify from 'fastify'
import { alertRuleRoutes } from './alert-rules.ts'
import { annotationRoutes } from './annotations.ts'
import { type Fault, faultHooks } from '../../../packages/cx-dashboards/fakes/faults.ts'
import { kubernetesFolderRoutes, legacyFolderRoutes } from './folders.ts'
import { failure } from './kubernetes-answers.ts'
import { kubernetesDashboardRoutes } from './kubernetes-dashboards.ts'
import { legacyDashboardRoutes } from './legacy-dashboards.ts'
import type { FakeServer } from './server.ts'
import { emptyStore, type Store } from './store.ts'
import { teamRoutes } from './teams.ts'

export interface FakeGrafanaOptions {
  /** 10 and 11 have the older API alone; 12 and 13 both. Default: `13.2.3`. */
  readonly version?: string
  /** The value of the Authorization header that is let in; anyone where it is left out. */
  readonly authorization?: string
  /** Of whoever is let in. A Viewer may not write, nor read the history of a dashboard; an Admin alone has to do with teams. */
  readonly role?: 'Admin' | 'Editor' | 'Viewer'
  /** Whether annotations of others are kept; the documentation says that some instances ignore them. */
  readonly keepsAnnotations?: boolean
}

export interface FakeGrafana {
  readonly url: string
  readonly store: Store
  /** What goes wrong from now on; the first that fits. */
  faults: readonly Fault[]
  /** `GET /api/health` and so on, in their order. */
  readonly requests: string[]
  readonly close: () => Promise<void>
}

/** A fake of Grafana's HTTP API, no more than publishing needs. It keeps to the pages that its routes cite, and was never one. */
export const startFakeGrafana = async (
  options: FakeGrafanaOptions = {},
  store: Store = emptyStore(),
): Promise<FakeGrafana> => {
  const { keepsAnnotations = true, version = '13.2.3' } = options
  const app = Fastify({
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  })
  const fake: Omit<FakeGrafana, 'url'> & { url: string } = {
    url: '',
    store,
    faults: [],
    requests: [],
    close: () => app.close(),
  }
  app.addHook('onRequest', async ({ method, url }) => {
    fake.requests.push(`${method} ${url}`)
  })
  faultHooks(app, () => fake.faults)
  guard(app, options)
  const server: FakeServer = {
    app,
    store,
    major: Number.parseInt(version, 10),
    version,
    keepsAnnotations,
  }
  aboutItself(server)
  legacyDashboardRoutes(server)
  legacyFolderRoutes(server)
  kubernetesDashboardRoutes(server)
  kubernetesFolderRoutes(server)
  alertRuleRoutes(server)
  annotationRoutes(server)
  teamRoutes(server, options.role === 'Admin')
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ message: 'Not found' }))
  fake.url = await app.listen({ port: 0, host: '127.0.0.1' })
  return fake
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/authentication/ */
const guard = (
  app: FakeServer['app'],
  { authorization, role = 'Editor' }: FakeGrafanaOptions,
): void => {
  app.addHook('onRequest', async ({ headers, method, url }, reply) => {
    if (url === '/api/health') return
    const isKubernetes = url.startsWith('/apis/')
    if (authorization !== undefined && headers.authorization !== authorization) {
      return isKubernetes
        ? failure(reply, 401, 'Unauthorized', 'Unauthorized')
        : reply.code(401).send({ message: 'Unauthorized' })
    }
    const needsWrite = method !== 'GET' || /\/versions(\/|\?|$)/.test(url)
    if (role !== 'Viewer' || !needsWrite) return
    const message = `You'll need additional permissions to perform this action. Permissions needed: dashboards:write`
    return isKubernetes
      ? failure(reply, 403, 'Forbidden', message)
      : reply.code(403).send({ title: 'Access denied', message })
  })
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/other/ */
const aboutItself = ({ app, version }: FakeServer): void => {
  app.get('/api/health', () => ({ commit: 'fake', database: 'ok', version }))
  app.get('/api/frontend/settings', () => ({ namespace: 'default', buildInfo: { version } }))
}
