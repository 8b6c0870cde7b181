import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import {
  type CountDropped,
  type IntakeApp,
  type IntakeRules,
  rulesByService,
} from './intake-apps.ts'
import { cleanBatch } from './intake-events.ts'
import { forward, type Shipment, type Track, upstreamOf } from './intake-forward.ts'
import { createIntakeQueue } from './intake-queue.ts'
import { cleanReplay, inflated } from './intake-replay.ts'
import { inSlices } from './in-slices.ts'

export type { DropReason, IntakeApp } from './intake-apps.ts'

export interface RumIntakeOptions {
  /** By the name that the web app gives `datadogSink` as its service. */
  readonly apps: Readonly<Record<string, IntakeApp>>
  /** Datadog's site, such as `datadoghq.eu`. */
  readonly site?: string
  readonly path?: string
  /** Instead of Datadog's own host, such as `http://127.0.0.1:8126`: a stand-in for tests, or a company's way out. */
  readonly upstream?: string
  /** Told of each thing that does not go on. Left out, it is logged for debugging. */
  readonly dropped?: CountDropped
}

/** Packed; the SDK flushes at 16 kB of events and 60 kB of replay, and goes beyond with a large page. */
const bodyLimitBytes = 2_000_000

/**
 * Takes what Datadog's browser SDK sends, rebuilds it from what is known to be static, and sends only that on.
 * Register it with its own Fastify scope; limits of rate are the host's.
 */
const rumIntake: FastifyPluginAsync<RumIntakeOptions> = async (
  app,
  { apps, dropped, path = '/cx/rum', site = 'datadoghq.com', upstream = upstreamOf(site) },
) => {
  const drop: CountDropped =
    dropped ?? ((reason) => app.log.debug({ reason }, 'the rum intake dropped something'))
  const rulesOf = rulesByService(apps)
  const queue = createIntakeQueue(drop)
  const closing = new AbortController()

  const process = async (given: Given): Promise<void> => {
    const body = await clean(given, drop)
    if (!body) return
    const { rules, sdkVersion, track, userAgent } = given
    const shipment: Shipment = {
      track,
      clientToken: rules.clientToken,
      sdkVersion,
      userAgent,
      body,
    }
    if (!(await forward(upstream, shipment, closing.signal))) drop('upstream')
  }

  app.addHook('onClose', async () => {
    closing.abort()
    await queue.idle()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // Fastify's own handler would log what was wrong with a request, with its address.
  app.setErrorHandler(
    async ({ statusCode = 500 }: { readonly statusCode?: number }, _request, reply) => {
      drop('malformed')
      return reply.code(statusCode).send()
    },
  )

  app.post<{ Params: { service: string }; Querystring: { ddforward?: unknown } }>(
    `${path}/:service`,
    // The query may hold anything; it is not to stand in the host's log.
    { bodyLimit: bodyLimitBytes, logLevel: 'silent' },
    async (request, reply) => {
      const rules = rulesOf.get(request.params.service)
      const endpoint = endpointOf(request.query.ddforward)
      if (!rules || !endpoint || isFromAnotherSite(request)) {
        drop(rules ? 'endpoint' : 'app')
        return reply.code(404).send()
      }
      const { body } = request
      if (!(body instanceof Uint8Array)) return reply.code(400).send()
      const { 'content-type': contentType = '', 'user-agent': userAgent } = request.headers
      const given = { ...endpoint, rules, body, contentType, userAgent }
      if (queue.add(body.byteLength, () => process(given))) return reply.code(202).send()
      drop('overload')
      return reply.code(429).send()
    },
  )
}

export default rumIntake

interface Endpoint {
  readonly track: Track
  readonly sdkVersion: string
  readonly isPacked: boolean
}

interface Given extends Endpoint {
  readonly rules: IntakeRules
  readonly body: Uint8Array
  readonly contentType: string
  readonly userAgent: string | undefined
}

/** Of `/api/v2/rum?ddsource=browser&…`; where it leads is not up to the request. */
const endpointOf = (ddforward: unknown): Endpoint | undefined => {
  if (typeof ddforward !== 'string') return undefined
  const [, track, query] = /^\/api\/v2\/(rum|replay)\?(.*)$/s.exec(ddforward) ?? []
  if (track === undefined) return undefined
  const parameters = new URLSearchParams(query)
  const sdkVersion = parameters.get('dd-evp-origin-version')
  return {
    track: track as Track,
    sdkVersion: /^\d{1,3}\.\d{1,3}\.\d{1,5}$/.test(sdkVersion ?? '') ? sdkVersion! : '0.0.0',
    isPacked: parameters.get('dd-evp-encoding') === 'deflate',
  }
}

/** A page elsewhere must not fill our replays with its own. */
const isFromAnotherSite = ({ headers }: FastifyRequest): boolean =>
  headers['sec-fetch-site'] === 'cross-site'

const clean = async (given: Given, drop: CountDropped): Promise<string | FormData | undefined> => {
  const { body, contentType, isPacked, rules, track } = given
  try {
    if (track === 'replay') return await cleanReplay(new Uint8Array(body), contentType, rules, drop)
    const text = Buffer.from(isPacked ? await inflated(body) : body).toString()
    return await inSlices(cleanBatch(text, rules, drop))
  } catch {
    drop('malformed')
    return undefined
  }
}
