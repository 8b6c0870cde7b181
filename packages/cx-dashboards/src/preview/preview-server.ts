import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyHttpProxy from '@fastify/http-proxy'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { openEventStream } from './event-stream.ts'
import { refuseForeignHosts } from './host-guard.ts'
import type { PreviewDashboard } from './preview-dashboard.ts'
import { prometheusProxyOptions } from './prometheus-proxy.ts'
import type { ReadPublished } from './published.ts'

export interface PreviewServerOptions {
  readonly host: string
  /** 0 lets the system choose a free one. */
  readonly port: number
  /** Folder with the built single-page app. */
  readonly assets: string
  readonly prometheusUrl: URL
  readonly scrapeIntervalSeconds: number
  /** Awaited with each query before Prometheus is asked; rejects with why it cannot be answered. */
  readonly prepare?: (query: string) => Promise<void>
  /** Asked for anew at every request, so that a rebuild needs no restart. */
  readonly dashboards: () => readonly PreviewDashboard[]
  /** The JSON of one, as text; undefined where there is none of that uid; rejects with why it cannot be built. */
  readonly dashboard: (uid: string) => Promise<string | undefined>
  /** By their paths, such as `runbooks/service-silent.md`; asked for anew as well. */
  readonly runbooks?: () => Promise<ReadonlyMap<string, string>>
  /** How a dashboard differs from the published one; rejects with why it cannot be told. */
  readonly published?: ReadPublished
  /** A backtest's JSON, read anew at every request; rejects with why it cannot be. */
  readonly backtest?: () => Promise<string>
}

export interface PreviewServer {
  readonly url: string
  /** Tells every open browser to fetch its dashboard again. */
  changed(): void
  /** Shows a message in every open browser; the old dashboards stay. */
  problem(message: string): void
  close(): Promise<void>
}

// The preview promises to need no network but its own server; the browser holds it to that.
// A library of Grafana's (zod) tries at its start whether eval works: forbidden, that is an error in the console.
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'"

/** @throws Error when the port is taken or the assets are not built; the message names the remedy. */
export async function startPreviewServer(options: PreviewServerOptions): Promise<PreviewServer> {
  if (!existsSync(join(options.assets, 'index.html')))
    throw new Error(
      `The preview's assets are missing: no index.html in ${options.assets}. Build them: npm run build`,
    )

  const events = openEventStream()
  let problem: string | undefined
  const app = Fastify({ forceCloseConnections: true })
  refuseForeignHosts(app, options.host)
  app.addHook('onSend', async (_request, reply) => {
    reply
      .header('content-security-policy', contentSecurityPolicy)
      .header('x-content-type-options', 'nosniff')
  })
  addDashboardRoutes(app, options)
  app.get('/api/events', (_request, reply) => {
    reply.hijack()
    events.add(reply.raw)
    // A page that is opened while the definition is broken must not look as if all were well.
    if (problem !== undefined) events.sendTo(reply.raw, 'problem', { message: problem })
  })
  // As text, to be looked into; Prometheus itself takes no longer ones.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 10 * 2 ** 20 },
    (_request, body, done) => done(null, body),
  )
  await app.register(
    fastifyHttpProxy,
    prometheusProxyOptions(options.prometheusUrl, options.prepare),
  )
  await addAssets(app, options.assets)
  app.addHook('preClose', async () => events.close())

  return {
    url: await listen(app, options),
    changed: () => {
      problem = undefined
      events.send('change', {})
    },
    problem: (message) => {
      problem = message
      events.send('problem', { message })
    },
    close: () => app.close(),
  }
}

function addDashboardRoutes(app: FastifyInstance, options: PreviewServerOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  const { backtest, published, scrapeIntervalSeconds } = options
  app.get('/api/settings', () => ({
    scrapeIntervalSeconds,
    ...(backtest && { hasBacktest: true }),
    ...(published && { hasPublished: true }),
  }))
  app.get('/api/backtest', async (_request, reply) =>
    backtest
      ? reply.type('application/json').send(await backtest())
      : reply.code(404).send({
          message: 'There is no backtest. Start the preview with --backtest FOLDER/backtest.json.',
        }),
  )
  app.get<{ Params: { page: string } }>('/runbooks/:page', async (request, reply) => {
    reply.header('vary', 'accept').header('cache-control', 'no-store')
    // The app asks for the text then, and shows it as a page.
    if (request.headers.accept?.includes('text/html')) return reply.sendFile('index.html')
    const found = (await options.runbooks?.())?.get(`runbooks/${request.params.page}`)
    return found === undefined
      ? reply.code(404).send({ message: `There is no runbook "${request.params.page}".` })
      : reply.type('text/markdown; charset=utf-8').send(found)
  })
  app.get('/api/dashboards', () => options.dashboards())
  app.get<{ Params: { uid: string } }>('/api/published/:uid', async (request, reply) => {
    const { uid } = request.params
    const json = published && (await options.dashboard(uid))
    return json === undefined
      ? reply.code(404).send({ message: 'There is nothing to compare with.' })
      : reply.send(await published?.(uid, json))
  })
  app.get<{ Params: { uid: string } }>('/api/dashboards/:uid', async (request, reply) => {
    const { uid } = request.params
    const json = await options.dashboard(uid)
    return json !== undefined
      ? reply.type('application/json').send(json)
      : reply.code(404).send({ message: `There is no dashboard with the uid "${uid}".` })
  })
}

async function addAssets(app: FastifyInstance, assets: string): Promise<void> {
  await app.register(fastifyStatic, { root: assets })
  app.setNotFoundHandler((request, reply) => {
    if (isPage(request)) return reply.sendFile('index.html')
    return reply.code(404).send({ message: `Not found: ${request.method} ${request.url}` })
  })
}

// A file's name has a dot in its end, and no address of the app does; uids may have one.
const isPage = ({ method, url }: FastifyRequest): boolean => {
  const path = url.split('?')[0] ?? ''
  return (
    method === 'GET' &&
    !path.startsWith('/api/') &&
    (path.startsWith('/d/') || !/\.\w+$/.test(path))
  )
}

async function listen(app: FastifyInstance, { host, port }: PreviewServerOptions): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    await app.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(
      `Port ${port} on ${host} is in use. Stop what listens there, or choose another: --port ${port + 1}`,
      { cause: error },
    )
  }
}
