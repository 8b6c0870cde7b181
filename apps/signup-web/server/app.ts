import { existsSync } from 'node:fs'
import { join } from 'node:path'
import proxy from '@fastify/http-proxy'
import staticFiles from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import rumIntake from 'rum-boundary/intake'
import { productWeb, signupWeb } from 'sample-catalog/web'
import { productStatics, signupStatics } from '../src/statics.ts'
import type { ServerConfig } from './config.ts'
import { securityHeaders } from './security-headers.ts'

const usualFolder = join(import.meta.dirname, '../dist')
const yearSeconds = 31_536_000

export interface AppOptions extends Omit<ServerConfig, 'host' | 'port'> {
  /** Where the built apps are. */
  readonly folder?: string
}

/**
 * Serves both built apps, tells them their configuration, and passes API and beacon on to the service, so
 * that browsers see one origin and cookies stay on it. Not yet listening.
 */
export const buildApp = async ({
  folder = usualFolder,
  pages,
  publicOrigin,
  serviceUrl,
  vendorUrl,
}: AppOptions): Promise<FastifyInstance> => {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error('the apps are not built yet: run `npx nx run signup-web:build`')
  }
  // Silent: a log of URLs is a log of what people open.
  const app = Fastify({ logger: false, forceCloseConnections: true })
  const headers = securityHeaders(pages)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })

  await app.register(staticFiles, {
    root: folder,
    index: false,
    wildcard: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      // The name of an asset holds the hash of what is in it.
      const isHashed = path.includes('/assets/')
      response.header('cache-control', isHashed ? `max-age=${yearSeconds}, immutable` : 'no-cache')
    },
  })
  const page = (file: string) => (_request: unknown, reply: FastifyReply) => reply.sendFile(file)
  for (const route of ['/', '/signup', '/signup/*']) app.get(route, page('index.html'))
  for (const route of ['/product', '/product/*']) app.get(route, page('product.html'))
  app.get('/config.json', (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(pages),
  )
  app.get('/health/ready', () => ({ status: 'ready' }))

  if (pages.datadog) {
    const { site, ...ids } = pages.datadog
    const origins = [publicOrigin]
    await app.register(rumIntake, {
      // Here and not at the service: what is static belongs to this very build of the apps.
      apps: {
        [signupWeb.name]: { ...ids, preset: 'signup', statics: { ...signupStatics, origins } },
        [productWeb.name]: { ...ids, preset: 'internal', statics: { ...productStatics, origins } },
      },
      site,
      ...(vendorUrl && { upstream: vendorUrl }),
    })
  }
  for (const prefix of ['/api', '/cx/beacon']) {
    await app.register(proxy, {
      upstream: serviceUrl,
      prefix,
      rewritePrefix: prefix,
      replyOptions: {
        // Not what the browser says of these: the service counts requests by address, and takes beacons
        // from pages of the host that they were sent to.
        rewriteRequestHeaders: ({ host, ip }, sent) => ({
          ...sent,
          'x-forwarded-for': ip,
          'x-forwarded-host': host,
        }),
      },
    })
  }
  return app
}
