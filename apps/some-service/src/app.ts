import { setTimeout as sleepFor } from 'node:timers/promises'
import swagger from '@fastify/swagger'
import cxMetrics from 'cx-metrics/fastify'
import type { Recorder } from 'cx-metrics/recorder'
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { breakage } from './breakage.ts'
import { documents } from './documents.ts'
import { health } from './health.ts'
import { service } from './service.ts'

export interface AppOptions {
  /** Where requests are counted; nothing is counted without it. */
  readonly recorder?: Recorder
  /** From 0 up to, not including, 1. */
  readonly random?: () => number
  readonly sleep?: (milliseconds: number) => Promise<unknown>
  readonly logger?: Exclude<FastifyServerOptions['logger'], undefined>
}

/** What is not a customer's request: probes, the description, the switch. */
const uncounted = ['/health/live', '/health/ready', '/openapi.json', '/breakage']

/** What the caller says of itself, unchecked: cx-metrics bounds and labels it. */
const customer = ({ headers }: FastifyRequest): unknown => headers['x-app-customer']

/** The whole service, not yet listening. Chance and time come in, so that tests neither guess nor wait. */
export const buildApp = async ({
  recorder,
  random = Math.random,
  sleep = sleepFor,
  logger = false,
}: AppOptions = {}): Promise<FastifyInstance> => {
  const app = Fastify({
    logger,
    bodyLimit: 64 * 1024,
    trustProxy: false,
    // A misspelt property is an error: dropped silently, it would break every customer instead of one.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  if (recorder) {
    await app.register(cxMetrics, { recorder, customer, ignore: uncounted })
  }
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: service.name, version: service.version } },
  })
  const broken = await breakage(app)
  await documents(app, { broken, random, sleep })
  await health(app)
  app.get('/openapi.json', { schema: { summary: 'This description' } }, () => app.swagger())
  return app
}
