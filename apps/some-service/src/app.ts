import { setTimeout as sleepFor } from 'node:timers/promises'
import swagger from '@fastify/swagger'
import cxBeacon from 'cx-metrics/beacon'
import cxMetrics from 'cx-metrics/fastify'
import type { Recorder } from 'cx-metrics/recorder'
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import catalog from 'sample-catalog/catalog'
import { breakage } from './breakage.ts'
import { documents } from './documents.ts'
import { errorBody } from './error-body.ts'
import { health } from './health.ts'
import { selfService } from './self-service.ts'
import { service } from './service.ts'
import { continueTraces } from './tracing.ts'

export interface AppOptions {
  /** Where requests are counted; nothing is counted without it. */
  readonly recorder?: Recorder
  /** From 0 up to, not including, 1. */
  readonly random?: () => number
  readonly sleep?: (milliseconds: number) => Promise<unknown>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly logger?: Exclude<FastifyServerOptions['logger'], boolean | undefined>
}

/** What is not a customer's request: probes, the description, the switch, what browsers tell. */
const uncounted = ['/health/live', '/health/ready', '/openapi.json', '/breakage', '/cx/beacon']

/** What the caller says of itself, unchecked: cx-metrics bounds and labels it. */
const customer = ({ headers }: FastifyRequest): unknown => headers['x-app-customer']

/** The route and not the URL, which may hold what a person typed. */
const loggedRequest = ({ method, routeOptions }: FastifyRequest) => ({
  method,
  route: routeOptions?.url,
})

/** The whole service, not yet listening. Chance and time come in, so that tests neither guess nor wait. */
export const buildApp = async ({
  recorder,
  random = Math.random,
  sleep = sleepFor,
  now = Date.now,
  logger,
}: AppOptions = {}): Promise<FastifyInstance> => {
  const app = Fastify({
    logger: logger ? { ...logger, serializers: { req: loggedRequest } } : false,
    bodyLimit: 64 * 1024,
    // The server of signup-web is one, and all browsers behind it must not share one rate limit.
    trustProxy: 'loopback',
    // A misspelt property is an error: dropped silently, it would break every customer instead of one.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  continueTraces(app)
  if (recorder) {
    await app.register(cxMetrics, { recorder, customer, ignore: uncounted })
    await app.register(cxBeacon, { recorder, catalog })
  }
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: service.name, version: service.version } },
  })
  // Fastify's own would log the URL.
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(errorBody(404, 'There is no such route')),
  )
  const broken = await breakage(app)
  await documents(app, { broken: broken('documents'), random, sleep })
  await app.register(selfService, { broken, random, sleep, now })
  await health(app)
  app.get('/openapi.json', { schema: { summary: 'This description' } }, () => app.swagger())
  return app
}
