import Fastify, { type RouteHandlerMethod } from 'fastify'

/** What of Datadog's and Sentry's events the tests look at. */
export interface DatadogEvent {
  readonly type: string
  readonly version: string
  readonly date: number
  readonly session: { readonly id: string }
  readonly error?: { readonly message: string; readonly type: string; readonly source: string }
  readonly context?: Record<string, unknown>
}
export interface SentryEvent {
  readonly release: string
  readonly tags: Record<string, unknown>
  readonly contexts?: {
    readonly datadog?: { readonly session_id: string; readonly replay?: string }
    readonly react?: { readonly componentStack: string }
  }
  readonly exception: { readonly values: { readonly type: string; readonly value: string }[] }
}

export interface Site {
  readonly url: string
  /** Errors that Datadog's SDK sent. */
  readonly datadog: DatadogEvent[]
  readonly sentry: SentryEvent[]
  /** Of every request to either, with what came of it. */
  readonly intakes: string[]
  /** All that Datadog was sent about the page, word for word. */
  readonly datadogEvents: string[]
  close(): Promise<void>
}

const html = `<!doctype html><html lang="en"><title>Test</title><div id="root"></div>
<script type="module" src="/page.js"></script></html>`

/** Serves a page, and stands for the two trackers' intakes: says 202 and keeps what it was sent. */
export const serveSite = async (
  files: ReadonlyMap<string, { readonly code: string }>,
  { csp = "default-src 'self'; connect-src *; script-src 'self' http:; worker-src blob:" } = {},
): Promise<Site> => {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 10_000_000 })
  const site = {
    datadog: [] as DatadogEvent[],
    sentry: [] as SentryEvent[],
    intakes: [] as string[],
    datadogEvents: [] as string[],
  }
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post('/cx/rum/*', ({ body, query }, reply) => {
    const { ddforward = '' } = query as { readonly ddforward?: string }
    site.intakes.push(`datadog ${ddforward.split('?')[0]}`)
    if (ddforward.startsWith('/api/v2/rum'))
      for (const line of lines(body)) {
        site.datadogEvents.push(line)
        const event = JSON.parse(line) as DatadogEvent
        if (event.type === 'error') site.datadog.push(event)
      }
    return reply.code(202).send()
  })
  const takeEnvelope: RouteHandlerMethod = ({ body, url: path }, reply) => {
    site.intakes.push(path.startsWith('/tunnel') ? 'sentry by the tunnel' : 'sentry')
    const [, ...items] = lines(body)
    for (let index = 0; index < items.length; index += 2)
      if (JSON.parse(items[index]!).type === 'event')
        site.sentry.push(JSON.parse(items[index + 1]!) as SentryEvent)
    return reply.headers({ 'access-control-allow-origin': '*' }).send({})
  }
  app.post('/api/1/envelope/', takeEnvelope)
  app.post('/tunnel', takeEnvelope)
  app.get('/third-party.js', (_request, reply) =>
    reply.type('text/javascript').send("setTimeout(() => { throw new Error('theirs') })"),
  )
  app.get('/*', (request, reply) => {
    const file = files.get(new URL(request.url, url).pathname.slice(1))
    if (file) return reply.type('text/javascript').send(file.code)
    if (request.url.endsWith('.js')) return reply.code(404).send()
    return reply.type('text/html').headers({ 'content-security-policy': csp }).send(html)
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, ...site, close: () => app.close() }
}

const lines = (body: unknown): string[] => (body as Buffer).toString().split('\n').filter(Boolean)
