import type { FastifyInstance } from 'fastify'

const schema = (summary: string) => ({ schema: { summary, tags: ['health'] } })

/**
 * Live: the process answers. Ready: send it requests.
 * From the moment the app closes, Fastify itself answers 503 to whatever comes in on open
 * connections, these routes included, while requests in flight are finished.
 */
export const health = async (app: FastifyInstance): Promise<void> => {
  app.get('/health/live', schema('Whether the process answers'), () => ({ status: 'live' }))
  app.get('/health/ready', schema('Whether to send it requests'), () => ({ status: 'ready' }))
}
