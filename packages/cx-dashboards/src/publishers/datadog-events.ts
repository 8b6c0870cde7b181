import type { DatadogAccess } from './datadog-access.ts'
import { type DatadogOptions, mayPass } from './datadog-api.ts'
import { DatadogError } from './datadog-error.ts'
import { type DatadogAnswer, datadogRequest } from './datadog-request.ts'
import { type JsonRecord, listOf, recordOf, textOf } from './json-record.ts'
import { retrying } from './retry.ts'

/** What a monitor, or one group of it, came to. */
export interface MonitorEvent {
  readonly monitor: string
  /** Such as `service:signup-web`; empty for a monitor without groups. */
  readonly group: string
  /** Seconds since 1970. */
  readonly at: number
  /** `Alert`, `Warn`, `No Data` or `OK`. */
  readonly state: string
  /** What it was before; undefined where the event does not say so. */
  readonly before: string | undefined
}

interface EventsAsked {
  /** Seconds since 1970. */
  readonly start: number
  readonly end: number
  /** The ids of monitors. */
  readonly monitors: readonly string[]
}

const path = '/api/v2/events/search'
const pageSize = 1000
// A search is one line of text.
const mostMonitors = 100

/**
 * What monitors came to in a period, by Datadog's Events API (https://docs.datadoghq.com/api/latest/events/#search-events), in the order
 * of time.
 * @throws {DatadogError}
 */
export const monitorEvents = async (
  access: DatadogAccess,
  asked: EventsAsked,
  options: DatadogOptions = {},
): Promise<readonly MonitorEvent[]> => {
  const request = await datadogRequest(access, options)
  const search = (body: unknown) =>
    // It only reads, so that it may be repeated.
    retrying(() => request({ method: 'POST', path, body }), mayPass, options)
  const events: MonitorEvent[] = []
  for (let first = 0; first < asked.monitors.length; first += mostMonitors) {
    const ids = asked.monitors.slice(first, first + mostMonitors)
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
      const { json } = whole(await search(searchFor(ids, asked, cursor)))
      events.push(...listOf(recordOf(json)['data']).map((each) => eventIn(recordOf(each))))
      cursor = nextAfter(recordOf(json), cursor)
    }
  }
  return events.toSorted((one, other) => one.at - other.at)
}

const searchFor = (
  ids: readonly string[],
  { end, start }: EventsAsked,
  cursor: string | undefined,
) => ({
  filter: {
    query: `source:alert @monitor.id:(${ids.join(' OR ')})`,
    from: `${start * 1000}`,
    to: `${end * 1000}`,
  },
  sort: 'timestamp',
  page: { limit: pageSize, ...(cursor !== undefined && { cursor }) },
})

/** With a warning it may be a part of the events, and what is missing would look like silence. */
const whole = (answer: DatadogAnswer): DatadogAnswer => {
  const { json, said, status } = answer
  if (status >= 300) {
    throw new DatadogError(`POST ${path}: Datadog answered ${status} ${said}`.trimEnd(), 'refused')
  }
  const [warning] = listOf(recordOf(recordOf(json)['meta'])['warnings']).map(recordOf)
  if (warning === undefined) return answer
  const words = textOf(warning['detail']) ?? textOf(warning['title']) ?? 'no reason given'
  throw new DatadogError(
    `POST ${path}: Datadog answered with a part of the events (${words}). Choose a shorter time from --from to --to.`,
    'refused',
  )
}

const nextAfter = ({ meta }: JsonRecord, cursor: string | undefined): string | undefined => {
  const after = textOf(recordOf(recordOf(meta)['page'])['after'])
  if (after === undefined || after !== cursor) return after
  throw new DatadogError(`POST ${path}: Datadog answers with the same page again.`, 'refused')
}

const eventIn = (event: JsonRecord): MonitorEvent => {
  const outer = recordOf(event['attributes'])
  const inner = recordOf(outer['attributes'])
  const monitor = recordOf(inner['monitor'])
  const id = inner['monitor_id'] ?? monitor['id']
  const at = Number(inner['timestamp'] ?? Date.parse(String(outer['timestamp'])))
  if (typeof id !== 'number' || !Number.isFinite(at)) {
    throw new DatadogError(
      'Datadog answered with an event that names no monitor or no time.',
      'refused',
    )
  }
  const transition = recordOf(monitor['transition'])
  return {
    monitor: String(id),
    group: listOf(inner['monitor_groups'] ?? monitor['groups']).join(','),
    at: at / 1000,
    state: textOf(transition['destination_state']) ?? stateOf(inner['status']),
    before: textOf(transition['source_state']),
  }
}

/** The reference promises a status; what a monitor came from and came to stands in real answers beside it. */
const stateOf = (status: unknown): string =>
  status === 'error' ? 'Alert' : status === 'warn' || status === 'warning' ? 'Warn' : 'OK'
