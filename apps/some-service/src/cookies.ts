import type { FastifyReply, FastifyRequest } from 'fastify'

/** An id that we gave out; scripts cannot read it, and other sites' requests do not carry it. */
const idCookie = (name: string, path: string) => ({
  read: ({ cookies }: FastifyRequest): string | undefined => cookies[name],
  // Without an expiry it ends with the browser; the service forgets sooner.
  write: (reply: FastifyReply, id: string): void => {
    reply.setCookie(name, id, { httpOnly: true, path, sameSite: 'strict', secure: 'auto' })
  },
})

export const draftCookie = idCookie('signup', '/api/signup')
export const sessionCookie = idCookie('session', '/api/account')
