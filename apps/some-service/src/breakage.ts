import type { FastifyInstance, FastifyRequest } from 'fastify'
import { localOnly } from './local-only.ts'

/** How the documents API is broken on demand, to see dashboards and alerts react. */
export interface Breakage {
  readonly mode: 'errors' | 'slowness'
  /** Every customer where it is left out. */
  readonly customer?: string
  /** The share of requests that is broken, from 0 to 1. */
  readonly share: number
  /** Added to what a request takes anyway; slowness only. */
  readonly delayMilliseconds: number
}

const intact = { mode: 'none' } as const

const breakageSchema = {
  type: 'object',
  required: ['mode'],
  additionalProperties: false,
  properties: {
    mode: { type: 'string', enum: ['errors', 'slowness'] },
    customer: { type: 'string', minLength: 1, maxLength: 64 },
    share: { type: 'number', minimum: 0, maximum: 1, default: 1 },
    delayMilliseconds: { type: 'integer', minimum: 0, maximum: 30_000, default: 1000 },
  },
} as const

const route = (summary: string, extra: object = {}) => ({
  onRequest: localOnly,
  schema: { summary, tags: ['breakage'], ...extra },
})

/**
 * Adds the switch, for this machine only, and returns what it demands for a request.
 * Anyone who could reach it from elsewhere could take the service down.
 */
export const breakage = async (app: FastifyInstance) => {
  let current: Breakage | typeof intact = intact

  app.get('/breakage', route('What is broken now'), () => current)

  app.put<{ Body: Breakage }>(
    '/breakage',
    route('Break the documents API', { body: breakageSchema }),
    (request) => {
      current = request.body
      return current
    },
  )

  app.delete('/breakage', route('Mend it again'), (_request, reply) => {
    current = intact
    return reply.code(204).send()
  })

  return (request: FastifyRequest, draw: number): Breakage | undefined => {
    if (current.mode === 'none' || draw >= current.share) return undefined
    const { customer } = current
    return customer === undefined || customer === request.headers['x-app-customer']
      ? current
      : undefined
  }
}
