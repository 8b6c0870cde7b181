import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type BrowserCatalog, createBeaconCheck, type UntrustedEvent } from './beacon-check.ts'
import { allowedOrigins } from './beacon-origin.ts'
import { type CountedEvent, mostEvents } from './beacon-payload.ts'
import { createBrowserSeries } from './browser-series.ts'
import type { Recorder } from './recorder.ts'
import { warnOnce } from './warn-once.ts'

export interface CxBeaconOptions {
  readonly recorder: Pick<Recorder, 'store'>
  readonly catalog: BrowserCatalog
  /** Of pages that another server serves, such as `https://signup.example.com`. */
  readonly origins?: readonly string[]
  readonly path?: string
}

const bodyLimitBytes = 16_384
/** Of one address; many people may share one, and each page sends every five seconds at most. */
const requestsIn10Seconds = 100
const rememberedAddresses = 10_000
const preflightSeconds = 7200

/**
 * Takes what `cx-metrics/browser` sends and counts it in the service's own store.
 * Behind a proxy set Fastify's `trustProxy`, or all browsers share one rate limit.
 */
const cxBeacon: FastifyPluginAsync<CxBeaconOptions> = async (
  app,
  { catalog, origins = [], path = '/cx/beacon', recorder },
) => {
  const series = createBrowserSeries(recorder.store)
  const refusalOf = createBeaconCheck(catalog)
  const allowed = allowedOrigins(origins)

  const checkOrigin = async (request: FastifyRequest, reply: FastifyReply) => {
    const listed = allowed.listed(request)
    if (listed !== undefined) {
      reply.headers({ 'access-control-allow-origin': listed, vary: 'origin' })
    }
    if (!allowed.allows(request)) throw refusal(403)
  }

  // Only these, whatever else the service takes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'text/plain'],
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  )
  // Fastify's own handler would log what was wrong with a body, and services' own handlers more.
  app.setErrorHandler(async ({ message, statusCode = 500 }: Refusal, _request, reply) => {
    if (statusCode >= 500) warnOnce('a beacon could not be taken', message)
    series.refuse(statusCode === 403 ? 'origin' : statusCode === 429 ? 'rate' : 'malformed')
    return reply.code(statusCode).header('connection', 'close').send()
  })
  await app.register(rateLimit, {
    max: requestsIn10Seconds,
    timeWindow: 10_000,
    cache: rememberedAddresses,
  })

  app.options(path, { onRequest: checkOrigin }, async (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': preflightSeconds,
      })
      .send(),
  )
  app.post(
    path,
    { bodyLimit: bodyLimitBytes, onRequest: [checkOrigin, checkEncoding] },
    async ({ body }, reply) => {
      if (!isBeacon(body)) throw refusal(400)
      for (const event of body.events) {
        const reason = refusalOf(body.app, event)
        if (reason) series.refuse(reason)
        else series.record(body.app, event as unknown as CountedEvent)
      }
      return reply.code(204).send()
    },
  )
}

export default cxBeacon

interface Refusal extends Error {
  readonly statusCode?: number
}

const refusal = (statusCode: number): Refusal => Object.assign(new Error('refused'), { statusCode })

/** What is unpacked may be a thousand times as large; nothing that we send needs it. */
const checkEncoding = async ({ headers }: FastifyRequest) => {
  if (headers['content-encoding'] !== undefined) throw refusal(415)
}

/** By hand, since a service's own validator may coerce, or expect schemas of another kind. */
const isBeacon = (
  body: unknown,
): body is { readonly app: string; readonly events: readonly UntrustedEvent[] } => {
  if (!isObject(body)) return false
  const { app, events, v: version } = body
  return (
    version === 1 &&
    typeof app === 'string' &&
    Array.isArray(events) &&
    events.length <= mostEvents &&
    events.every(isObject)
  )
}

const isObject = (value: unknown): value is UntrustedEvent =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
