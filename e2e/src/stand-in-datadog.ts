import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface RumEvent {
  readonly type: string
  readonly service?: string
  readonly session?: { readonly id: string }
  readonly context?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

export interface StandInDatadog {
  readonly url: string
  readonly events: readonly RumEvent[]
  /** All that came, as text to look for words in; replays stay packed. */
  readonly bodies: readonly string[]
  close(): void
}

/** A fake: stands for Datadog's own intake, takes everything and keeps it. */
export const startStandInDatadog = async (): Promise<StandInDatadog> => {
  const events: RumEvent[] = []
  const bodies: string[] = []
  const server: Server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString()
    bodies.push(`${request.url}\n${JSON.stringify(request.headers)}\n${body}`)
    if (request.url?.startsWith('/api/v2/rum?')) {
      const lines = body.split('\n').filter(Boolean)
      events.push(...lines.map((line) => JSON.parse(line) as RumEvent))
    }
    response.writeHead(202).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    bodies,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
