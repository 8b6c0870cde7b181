import type { FastifyInstance } from 'fastify'

export interface RateLimits {
  /** Requests of one kind in a period. */
  readonly limit: number
  /** Seconds. */
  readonly period: number
}

/** https://docs.datadoghq.com/api/latest/rate-limits: each method of each kind of object has a limit of its own. */
export const rateLimitHooks = (
  app: FastifyInstance,
  { limit, period }: RateLimits,
  now: () => number,
): void => {
  const used = new Map<string, number>()
  app.addHook('onRequest', async ({ method, url }, reply) => {
    const [kind = ''] = /^\/api\/v1\/\w+/.exec(url) ?? []
    const name = `${method.toLowerCase()}_${kind.split('/').at(-1)}`
    const start = Math.floor(now() / 1000 / period)
    const count = (used.get(`${name} ${start}`) ?? 0) + 1
    used.set(`${name} ${start}`, count)
    reply.headers({
      'x-ratelimit-limit': `${limit}`,
      'x-ratelimit-period': `${period}`,
      'x-ratelimit-remaining': `${Math.max(0, limit - count)}`,
      'x-ratelimit-reset': `${Math.ceil((start + 1) * period - now() / 1000)}`,
      'x-ratelimit-name': name,
    })
    if (count > limit) return reply.code(429).send({ errors: ['Rate limit of requests exceeded'] })
    return undefined
  })
}
