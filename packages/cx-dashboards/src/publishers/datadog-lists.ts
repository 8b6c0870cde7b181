import type { DatadogKind } from '../datadog/datadog-object.ts'
import { DatadogError } from './datadog-error.ts'
import { readMark } from './datadog-mark.ts'
import type { DatadogRequest } from './datadog-request.ts'
import { type JsonRecord, listOf, recordOf } from './json-record.ts'

/** Something in Datadog, as its API shows it. */
export interface LiveObject {
  readonly kind: DatadogKind
  readonly id: string
  readonly json: JsonRecord
}

/** Undefined where it is none. */
export const liveObject = (kind: DatadogKind, json: JsonRecord): LiveObject | undefined => {
  const { id } = json
  return typeof id === 'string' || typeof id === 'number'
    ? { kind, id: String(id), json }
    : undefined
}

const pageSize = 100
const overlap = 20

/** SLOs can be asked for by one tag. @param get repeats what may be gone later */
export const markedSlos = async (
  get: DatadogRequest,
  set: string,
): Promise<readonly LiveObject[]> => {
  const all = await allPages('/api/v1/slo', 'data', get, (page) => ({
    tags_query: `cx_set:${set}`,
    limit: `${pageSize}`,
    offset: `${page * pageSize}`,
  }))
  return ofSet('slo', all, set)
}

export const markedMonitors = async (
  get: DatadogRequest,
  set: string,
): Promise<readonly LiveObject[]> => {
  const all = await allPages('/api/v1/monitor', undefined, get, (page) => ({
    monitor_tags: `managed_by:cx-dashboards,cx_set:${set}`,
    page: `${page}`,
    page_size: `${pageSize}`,
  }))
  return ofSet('monitor', all, set)
}

/**
 * Ids of all that may be the set's: a list says the description alone, in which the mark is, and no page promises that it is whole.
 * So one that shows no mark there is read as well where its title is one of ours.
 */
export const dashboardsOfSet = async (
  get: DatadogRequest,
  set: string,
  titles: ReadonlySet<unknown>,
): Promise<readonly string[]> => {
  const all = await allPages('/api/v1/dashboard', 'dashboards', get, (page) => ({
    count: `${pageSize}`,
    // A page begins before the end of the last one: what anybody deletes meanwhile moves the others up.
    start: `${page * (pageSize - overlap)}`,
  }))
  const may = all.filter((json) => {
    const mark = readMark('dashboard', json)
    return mark === undefined ? titles.has(json['title']) : mark.set === set
  })
  return may.flatMap((json) => liveObject('dashboard', json)?.id ?? [])
}

const allPages = async (
  path: string,
  field: string | undefined,
  get: DatadogRequest,
  query: (page: number) => Readonly<Record<string, string>>,
): Promise<readonly JsonRecord[]> => {
  const found = new Map<unknown, JsonRecord>()
  for (let page = 0; ; page++) {
    const { json, said, status } = await get({ method: 'GET', path, query: query(page) })
    if (status >= 300) {
      throw new DatadogError(`GET ${path}: Datadog answered ${status} ${said}`.trimEnd(), 'refused')
    }
    const items = listOf(field === undefined ? json : recordOf(json)[field]).map(recordOf)
    const before = found.size
    for (const item of items) found.set(item['id'], item)
    // A server that knows no pages says all of it each time.
    if (items.length < pageSize || found.size === before) return [...found.values()]
  }
}

const ofSet = (kind: DatadogKind, all: readonly JsonRecord[], set: string): LiveObject[] =>
  all
    .filter((json) => readMark(kind, json)?.set === set)
    .flatMap((json) => liveObject(kind, json) ?? [])
