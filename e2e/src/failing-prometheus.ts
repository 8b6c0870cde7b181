import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/**
 * A server that passes range queries on to a Prometheus, and refuses those that begin after a moment.
 * @param until seconds since 1970
 * @returns its URL, until the test's end
 */
export const startFailing = async (prometheus: string, until: number): Promise<string> => {
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const parameters = new URL(request.url ?? '/', prometheus).searchParams
    const asked = body === '' ? parameters : new URLSearchParams(body)
    if (Number(asked.get('start')) > until)
      return response.writeHead(400).end('{"status":"error","error":"the disk is broken"}')
    const answer = await fetch(new URL('/api/v1/query_range', prometheus), {
      method: 'POST',
      body: asked,
    })
    return response.writeHead(answer.status).end(await answer.text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
