import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * A web page elsewhere can point its own domain at 127.0.0.1 and read what we serve (DNS rebinding).
 * Its requests carry its own name in the Host header; an address there cannot be somebody else's.
 */
export function refuseForeignHosts(app: FastifyInstance, boundHost: string): void {
  const allowed = new Set(['localhost', boundHost.toLowerCase()])
  app.addHook('onRequest', async (request, reply) => {
    const host = hostname(request.headers.host)
    if (allowed.has(host) || isIP(host) !== 0) return
    await reply.code(403).send({
      message: `Refused: the preview answers to an address, to localhost and to ${boundHost}. Name another with --host.`,
    })
  })
}

const hostname = (host = ''): string => {
  const url = URL.parse(`http://${host}`)
  return url ? url.hostname.replace(/^\[(.*)\]$/, '$1') : ''
}
