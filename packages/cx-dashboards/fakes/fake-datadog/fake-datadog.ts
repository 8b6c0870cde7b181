import Fastify, { type FastifyInstance } from 'fastify'
import { type Fault, faultHooks } from '../faults.ts'
import { rateLimitHooks, type RateLimits } from './rate-limits.ts'
import { routes } from './routes.ts'
import { emptyStore, type Json, type Kind, type Store } from './store.ts'

export interface FakeDatadogOptions {
  /** The keys that are let in; any where they are left out. */
  readonly apiKey?: string
  readonly appKey?: string
  /** None where they are left out. */
  readonly rateLimits?: RateLimits
  /** Milliseconds; for what a limit's period is counted by. */
  readonly now?: () => number
  /** What a request may hold at most. Default: a million. */
  readonly mostBytes?: number
  /** How much a list of dashboards says of a description, in characters; all where it is left out. */
  readonly listedDescription?: number
}

export interface FakeDatadog {
  readonly url: string
  readonly store: Store
  /** What goes wrong from now on; the first that fits. */
  faults: readonly Fault[]
  /** What the server adds to what it is sent, by kind; nothing where it is left out. */
  additions: Partial<Record<Kind, Json>>
  /** Becomes false when somebody revokes the keys. */
  areKeysValid: boolean
  /** `GET /api/v1/validate` and so on, in their order. */
  readonly requests: string[]
  /** All that came with a request but for its body. */
  readonly heads: string[]
  /** How often a limit was passed. */
  refused: number
  readonly close: () => Promise<void>
}

/** A fake of Datadog's API, no more than publishing needs. It keeps to the pages that its routes cite, and was never one. */
export const startFakeDatadog = async (
  options: FakeDatadogOptions = {},
  store: Store = emptyStore(),
): Promise<FakeDatadog> => {
  const { listedDescription, mostBytes = 1_000_000, now = Date.now, rateLimits } = options
  const app = Fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true })
  const fake: Omit<FakeDatadog, 'url'> & { url: string } = {
    url: '',
    store,
    faults: [],
    additions: {},
    areKeysValid: true,
    requests: [],
    heads: [],
    refused: 0,
    close: () => app.close(),
  }
  app.addHook('onRequest', async ({ headers, method, url }) => {
    fake.requests.push(`${method} ${url}`)
    fake.heads.push(`${method} ${url} ${JSON.stringify(headers)}`)
  })
  faultHooks(app, () => fake.faults)
  guard(app, options, () => fake.areKeysValid)
  if (rateLimits) rateLimitHooks(app, rateLimits, now)
  app.addHook('onResponse', async (_, { statusCode }) => {
    if (statusCode === 429) fake.refused += 1
  })
  app.get('/api/v1/validate', () => ({ valid: true }))
  routes(app, store, { listedDescription, mostBytes }, (kind) => fake.additions[kind])
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ errors: ['Not found'] }))
  fake.url = await app.listen({ port: 0, host: '127.0.0.1' })
  return fake
}

/** A key that is missing is 401, one that is not known 403: https://docs.datadoghq.com/api/latest/authentication */
const guard = (
  app: FastifyInstance,
  { apiKey, appKey }: FakeDatadogOptions,
  areKeysValid: () => boolean,
): void => {
  const isRight = (given: unknown, key: string | undefined) => key === undefined || given === key
  app.addHook('onRequest', async ({ headers, url }, reply) => {
    const { 'dd-api-key': api, 'dd-application-key': application } = headers
    const needsApplication = url !== '/api/v1/validate'
    if (api === undefined || (needsApplication && application === undefined)) {
      return reply.code(401).send({ errors: ['Unauthorized'] })
    }
    if (
      !areKeysValid() ||
      !isRight(api, apiKey) ||
      (needsApplication && !isRight(application, appKey))
    ) {
      return reply.code(403).send({ errors: ['Forbidden'] })
    }
    return undefined
  })
}
