import type { FastifyHttpProxyOptions } from '@fastify/http-proxy'

// What a dashboard needs, and nothing that changes Prometheus or tells its configuration.
const readOnlyPath = /^\/api\/v1\/(query|query_range|labels|series|metadata|label\/\w+\/values)$/

const prefix = '/api/prometheus'

export function prometheusProxyOptions(prometheusUrl: URL): FastifyHttpProxyOptions {
  const authorization = basicAuthorization(prometheusUrl)
  return {
    upstream: prometheusUrl.origin,
    prefix,
    rewritePrefix: prometheusUrl.pathname.replace(/\/$/, ''),
    httpMethods: ['GET', 'POST'],
    preHandler: async (request, reply) => {
      const path = request.url.slice(prefix.length).split('?')[0] ?? ''
      if (!readOnlyPath.test(path))
        await reply.code(404).send({ message: `The preview does not pass on ${path}.` })
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

function basicAuthorization({ username, password }: URL): { authorization?: string } {
  if (!username) return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}
