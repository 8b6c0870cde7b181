import type { FastifyInstance } from 'fastify'

const localHosts = ['localhost', '127.0.0.1', '[::1]']

/**
 * A web page elsewhere can point its own domain at 127.0.0.1 and read what we serve (DNS rebinding).
 * Its requests carry its own name in the Host header.
 */
export function refuseForeignHosts(app: FastifyInstance, boundHost: string): void {
  const allowed = new Set([...localHosts, boundHost, `[${boundHost}]`])
  app.addHook('onRequest', async (request, reply) => {
    if (!allowed.has(withoutPort(request.headers.host ?? '')))
      await reply.code(403).send({
        message: `Refused: the preview answers to ${localHosts.join(', ')} and ${boundHost} only.`,
      })
  })
}

const withoutPort = (host: string) => host.replace(/:\d+$/, '').toLowerCase()
