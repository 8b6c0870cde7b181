import type { ServerResponse } from 'node:http'

const heartbeatMilliseconds = 15_000

export interface EventStream {
  add(response: ServerResponse): void
  send(event: string, data: unknown): void
  sendTo(response: ServerResponse, event: string, data: unknown): void
  close(): void
}

/** Server-sent events to every connected browser. Missed events are not replayed: a browser that reconnects fetches anew. */
export function openEventStream(): EventStream {
  const responses = new Set<ServerResponse>()
  const write = (text: string) => responses.forEach((response) => response.write(text))
  // A comment line keeps proxies and browsers from closing an idle connection.
  const heartbeat = setInterval(() => write(': heartbeat\n\n'), heartbeatMilliseconds)
  heartbeat.unref()

  return {
    add(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      })
      response.write('retry: 1000\n\n')
      responses.add(response)
      response.on('close', () => responses.delete(response))
    },
    send: (event, data) => write(message(event, data)),
    sendTo: (response, event, data) => void response.write(message(event, data)),
    close() {
      clearInterval(heartbeat)
      responses.forEach((response) => response.end())
      responses.clear()
    },
  }
}

const message = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
