import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { onAnswered } from './on-answered.ts'
import { reachedRoute } from './reached-route.ts'
import { claim, createRecordRequest, type RequestOptions } from './record-request.ts'

export { setRoute } from './reached-route.ts'

/** Node's own: `http`, `https`, and `http2` with its compatibility API. */
export interface HttpServer {
  prependListener(
    event: 'request',
    listener: (
      request: IncomingMessage | Http2ServerRequest,
      response: ServerResponse | Http2ServerResponse,
    ) => void,
  ): unknown
}

/**
 * Records every request of a plain server. Name the routes by `setRoute()` in the handler; the rest is
 * `unmatched`. Upgrades to WebSockets and CONNECT tunnels are no requests and are not counted.
 * The customer resolver runs in the async context of `setRoute()`, or of whoever ended the response.
 */
export const recordHttp = <Request extends IncomingMessage | Http2ServerRequest = IncomingMessage>(
  server: HttpServer,
  options: RequestOptions<Request>,
): void => {
  const record = createRecordRequest(options)
  // Before the handler, which may answer at once.
  server.prependListener('request', (request, response) => {
    if (!claim(request, options.recorder)) return
    onAnswered(response, (statusCode, durationSeconds) => {
      const { route, scope } = reachedRoute(request) ?? {}
      const { method } = request
      record(request as Request, { route, scope, method, statusCode, durationSeconds })
    })
  })
}
