import type { FastifyInstance } from 'fastify'
import type { Store } from './store.ts'

/** What the routes of a fake Grafana share. */
export interface FakeServer {
  readonly app: FastifyInstance
  readonly store: Store
  /** Such as 13. */
  readonly major: number
  /** Such as `13.2.3`. */
  readonly version: string
  /** Whether annotations that are not its own are kept; where not, they are ignored. */
  readonly keepsAnnotations: boolean
}
