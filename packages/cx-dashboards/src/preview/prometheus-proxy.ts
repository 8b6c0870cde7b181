import type { FastifyHttpProxyOptions } from '@fastify/http-proxy'
import type { FastifyRequest } from 'fastify'

// What a dashboard needs, and nothing that changes Prometheus or tells its configuration.
const readOnlyPath = /^\/api\/v1\/(query|query_range|labels|series|metadata|label\/\w+\/values)$/

const prefix = '/api/prometheus'

/** @param prepare awaited with every query and selector before it is passed on */
export function prometheusProxyOptions(
  prometheusUrl: URL,
  prepare: (query: string) => Promise<void> = async () => {},
): FastifyHttpProxyOptions {
  const authorization = basicAuthorization(prometheusUrl)
  return {
    upstream: prometheusUrl.origin,
    prefix,
    rewritePrefix: prometheusUrl.pathname.replace(/\/$/, ''),
    httpMethods: ['GET', 'POST'],
    preHandler: async (request, reply) => {
      const path = request.url.slice(prefix.length).split('?')[0] ?? ''
      if (!readOnlyPath.test(path))
        return reply.code(404).send({ message: `The preview does not pass on ${path}.` })
      try {
        await Promise.all(queriesOf(request).map(prepare))
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        await reply.code(502).send({ status: 'error', errorType: 'unavailable', error: reason })
      }
    },
    replyOptions: {
      rewriteRequestHeaders: (_request, { cookie: _cookie, ...headers }) => ({
        ...headers,
        ...authorization,
      }),
      onError: (reply, { error }) => {
        reply.code(502).send({
          status: 'error',
          errorType: 'unavailable',
          error: `Prometheus at ${prometheusUrl.origin} does not answer (${error.message}). Is it running? Choose another: --prometheus URL`,
        })
      },
    },
  }
}

/** Of an address, or of a form that is posted. */
const queriesOf = ({ body, url }: FastifyRequest): readonly string[] =>
  [url.split('?')[1] ?? '', typeof body === 'string' ? body : '']
    .flatMap((form) => [...new URLSearchParams(form)])
    .flatMap(([name, value]) => (name === 'query' || name === 'match[]' ? value : []))

function basicAuthorization({ username, password }: URL): { authorization?: string } {
  if (!username) return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}
