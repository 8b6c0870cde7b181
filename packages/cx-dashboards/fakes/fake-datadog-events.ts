import proxy from '@fastify/http-proxy'
import Fastify from 'fastify'

/** What a monitor came to, as a test has it. */
export interface FakeMonitorEvent {
  /** An id. */
  readonly monitor: number
  readonly at: Date
  readonly before: string
  readonly state: string
  /** Such as `alert`, `alert recovery` or `renotify`. */
  readonly transition: string
  readonly groups?: readonly string[]
}

export interface FakeDatadogEvents {
  readonly url: string
  readonly events: FakeMonitorEvent[]
  /** What the search was sent, in its order. */
  readonly searches: EventSearch[]
  /** Sent with every answer. */
  warnings: readonly { readonly title: string; readonly detail: string }[]
  /** Whether events tell what a monitor came from and came to, as real ones do and the reference does not promise. */
  tellsTransitions: boolean
  readonly close: () => Promise<void>
}

interface EventSearch {
  readonly filter: { readonly from: string; readonly query: string; readonly to: string }
  readonly page: { readonly cursor?: string; readonly limit: number }
  readonly sort: string
}

/**
 * Stands before a fake Datadog and answers its search for events, as far as a comparison with an old tracker needs it: pages, the order
 * of time, and events of monitors by their ids (https://docs.datadoghq.com/api/latest/events/#search-events). It was never a real one.
 * @param upstream the fake that knows the keys and all else
 */
export const startFakeDatadogEvents = async (upstream: string): Promise<FakeDatadogEvents> => {
  const app = Fastify({ forceCloseConnections: true })
  const fake = {
    url: '',
    events: [] as FakeMonitorEvent[],
    searches: [] as EventSearch[],
    warnings: [] as FakeDatadogEvents['warnings'],
    tellsTransitions: true,
    close: () => app.close(),
  }
  await app.register(async (scope) => {
    scope.addHook('onRequest', async ({ headers }, reply) => {
      const { 'dd-api-key': api, 'dd-application-key': application } = headers
      // Whoever may not list monitors may not search for what they came to.
      const { ok, status } = await fetch(`${upstream}/api/v1/monitor?page=0&page_size=1`, {
        headers: {
          ...(typeof api === 'string' && { 'dd-api-key': api }),
          ...(typeof application === 'string' && { 'dd-application-key': application }),
        },
      })
      return ok ? undefined : reply.code(status).send({ errors: ['Forbidden'] })
    })
    scope.post<{ Body: EventSearch }>('/api/v2/events/search', ({ body }, reply) => {
      fake.searches.push(body)
      const ids = /^source:alert @monitor\.id:\((\d+(?: OR \d+)*)\)$/.exec(body.filter.query)?.[1]
      const { cursor = '0', limit } = body.page
      if (ids === undefined || limit > 1000 || body.sort !== 'timestamp') {
        return reply.code(400).send({ errors: ['Invalid request'] })
      }
      const [from, to] = [Number(body.filter.from), Number(body.filter.to)]
      const found = fake.events
        .filter(({ monitor }) => ids.split(' OR ').includes(String(monitor)))
        .filter(({ at }) => at.getTime() >= from && at.getTime() <= to)
        .toSorted((one, other) => one.at.getTime() - other.at.getTime())
      const end = Number(cursor) + limit
      return {
        data: found
          .slice(Number(cursor), end)
          .map((event, index) => shown(event, Number(cursor) + index, fake.tellsTransitions)),
        meta: {
          ...(end < found.length && { page: { after: String(end) } }),
          ...(fake.warnings.length > 0 && { warnings: fake.warnings }),
        },
      }
    })
  })
  await app.register(proxy, { upstream })
  fake.url = await app.listen({ port: 0, host: '127.0.0.1' })
  return fake
}

const shown = (
  { at, before, groups = [], monitor, state, transition }: FakeMonitorEvent,
  index: number,
  tellsTransitions: boolean,
) => ({
  id: `event-${index}`,
  type: 'event',
  attributes: {
    message: '%%%\nSomething is wrong\n%%%',
    tags: ['monitor', 'source:alert'],
    timestamp: at.toISOString(),
    attributes: {
      evt: { id: String(index), source_id: 36 },
      monitor: {
        id: monitor,
        groups,
        ...(tellsTransitions && {
          transition: {
            destination_state: state,
            source_state: before,
            transition_type: transition,
          },
        }),
      },
      monitor_groups: groups,
      monitor_id: monitor,
      sourcecategory: 'monitor_alert',
      status: state === 'OK' ? 'success' : state === 'Alert' ? 'error' : 'warning',
      timestamp: at.getTime(),
    },
  },
})
