import diagnosticsChannel from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { isMainThread } from 'node:worker_threads'
import { catalog } from 'cx-definition'
import type { FastifyInstance } from 'fastify'
import { expressRoute, watchRoute } from './express-route.ts'
import { startMetrics } from './node.ts'
import { onAnswered } from './on-answered.ts'
import { reachedRoute, setRoute } from './reached-route.ts'
import { createRecordRequest } from './record-request.ts'
import type { Recorder } from './recorder.ts'

/**
 * `node --import cx-metrics/register app.js` records every request of every `http` and `https` server of the
 * process, without a line of code. Routes come from Express 4 and 5 and Fastify 5; elsewhere they are `unmatched`
 * until the code calls `setRoute()` of `cx-metrics/http`. Beside OpenTelemetry's variables:
 *
 * - `CX_CUSTOMER_HEADER`, the header that names the customer; `none` without it
 * - `CX_IGNORE_ROUTES`, routes or paths that do not count, such as `/health/live,/health/ready`
 */
const register = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const own = new WeakSet<Server>()
  const noteOwn = (message: unknown) => void own.add((message as { server: Server }).server)
  // The application's code runs after this, so whatever listens until then are our own endpoints.
  diagnosticsChannel.subscribe('tracing:net.server.listen:asyncStart', noteOwn)
  const { ready, recorder } = startMetrics({
    catalog: catalog({ owners: [], features: [] }),
    service: {
      name: env.npm_package_name ?? 'unknown_service',
      version: env.npm_package_version ?? 'unknown',
    },
  })
  // What went wrong has been told on stderr, and the application goes on.
  await ready.catch(() => {})
  diagnosticsChannel.unsubscribe('tracing:net.server.listen:asyncStart', noteOwn)

  nameFastifyRoutes()
  recordServers(env, recorder, own)
}

interface Started {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly server: Server
}

const recordServers = (env: NodeJS.ProcessEnv, recorder: Recorder, own: WeakSet<Server>): void => {
  const header = env.CX_CUSTOMER_HEADER?.toLowerCase()
  const ignore = (env.CX_IGNORE_ROUTES ?? '').split(',').map((route) => route.trim())
  const record = createRecordRequest<IncomingMessage>({
    recorder,
    ignore,
    customer: ({ headers }) => (header ? headers[header] : undefined),
  })
  // A server without a router has no templates to ignore, so its paths are compared.
  const ignoredPath = ({ url = '' }: IncomingMessage) => {
    const [path = ''] = url.split('?')
    return ignore.includes(path) ? path : undefined
  }
  diagnosticsChannel.subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as Started
    if (own.has(server)) return
    watchRoute(request)
    onAnswered(response, (statusCode, durationSeconds) => {
      const { route = ignoredPath(request) } = reachedRoute(request) ?? expressRoute(request) ?? {}
      record(request, { route, method: request.method, statusCode, durationSeconds })
    })
  })
}

/** Fastify knows the route before its first hook, so refusals and aborted requests have theirs, too. */
const nameFastifyRoutes = (): void =>
  diagnosticsChannel.subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRequest', (request, _reply, next) => {
      const { url } = request.routeOptions
      if (url !== undefined) setRoute(request.raw, url)
      next()
    })
  })

// Worker threads inherit --import, but not a port of their own.
if (isMainThread) await register(process.env)
