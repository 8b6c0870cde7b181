import { inflateSync } from 'node:zlib'
import Fastify, { type FastifyRequest } from 'fastify'

/** A request to the byte, and all that is packed in it, unpacked. */
export interface Sent {
  readonly path: string
  readonly headers: FastifyRequest['headers']
  /** Start line, headers, body and what was inside the body, as one text to look for words in. */
  readonly text: string
  readonly events: readonly RumEvent[]
  readonly segments: readonly ReplaySegment[]
}

export interface RumEvent {
  readonly type: string
  readonly [key: string]: unknown
}

export interface ReplaySegment {
  readonly records: readonly { readonly type: number; readonly data?: unknown }[]
  readonly [key: string]: unknown
}

export const decode = async ({ body, headers, method, url }: FastifyRequest): Promise<Sent> => {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array()
  const address = decodeURIComponent(decodeURIComponent(url))
  const contentType = headers['content-type'] ?? ''
  const inside: string[] = []
  const segments: ReplaySegment[] = []
  if (contentType.startsWith('multipart/')) {
    const response = new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    })
    for (const [name, part] of await response.formData()) {
      if (typeof part === 'string') {
        inside.push(name, part)
        continue
      }
      const content = new Uint8Array(await part.arrayBuffer())
      const text = (name === 'segment' ? inflateSync(content) : Buffer.from(content)).toString()
      inside.push(name, part.name, part.type, text)
      if (name === 'segment') segments.push(JSON.parse(text) as ReplaySegment)
    }
  }
  const raw = Buffer.from(bytes).toString()
  return {
    path: address.split('?')[0]!,
    headers,
    text: [method, url, address, JSON.stringify(headers), raw, ...inside].join('\n'),
    events: address.includes('/api/v2/rum') ? linesOf(raw) : [],
    segments,
  }
}

const linesOf = (raw: string): RumEvent[] =>
  raw
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RumEvent)

export interface StandInVendor {
  readonly url: string
  readonly sent: Sent[]
  close(): Promise<void>
}

/** A fake: stands for Datadog's intake and for Sentry's, takes everything and keeps every byte. */
export const standInVendor = async (): Promise<StandInVendor> => {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 20_000_000 })
  const sent: Sent[] = []
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.all('/*', async (request, reply) => {
    sent.push(await decode(request))
    return reply
      .code(request.method === 'OPTIONS' ? 204 : 202)
      .headers({ 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' })
      .send()
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, sent, close: () => app.close() }
}
