import type { FastifyInstance, FastifyRequest } from 'fastify'
import { localOnly } from './local-only.ts'

/** What can be broken: one feature of each team. */
const breakable = ['documents', 'self-signup', 'password-field'] as const
export type Breakable = (typeof breakable)[number]

/** How a feature is broken on demand, to see dashboards and alerts react. */
export interface Breakage {
  readonly mode: 'errors' | 'slowness'
  readonly feature: Breakable
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
    feature: { type: 'string', enum: breakable, default: 'documents' },
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
 * Adds the switch, for this machine only, and returns what it demands for a feature's request.
 * Anyone who could reach it from elsewhere could take the service down.
 */
export const breakage = async (app: FastifyInstance) => {
  let current: Breakage | typeof intact = intact

  app.get('/breakage', route('What is broken now'), () => current)

  app.put<{ Body: Breakage }>(
    '/breakage',
    route('Break a feature', { body: breakageSchema }),
    (request) => {
      current = request.body
      return current
    },
  )

  app.delete('/breakage', route('Mend it again'), (_request, reply) => {
    current = intact
    return reply.code(204).send()
  })

  return (feature: Breakable) =>
    (request: FastifyRequest, draw: number): Breakage | undefined => {
      if (current.mode === 'none' || current.feature !== feature) return undefined
      const { customer, share } = current
      const isMeant = customer === undefined || customer === request.headers['x-app-customer']
      return isMeant && draw < share ? current : undefined
    }
}
