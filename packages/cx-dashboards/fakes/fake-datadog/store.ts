export type Json = Readonly<Record<string, unknown>>

export const kinds = ['slo', 'monitor', 'dashboard'] as const
export type Kind = (typeof kinds)[number]

/** What a fake Datadog keeps, by id, each in the order in which it came. */
export type Store = Readonly<Record<Kind, Map<string, Json>>>

export const emptyStore = (): Store => ({
  slo: new Map(),
  monitor: new Map(),
  dashboard: new Map(),
})

let count = 0

/** What the server itself writes down; a person who makes something gets the same. */
export const create = (store: Store, kind: Kind, sent: Json): Json => {
  count += 1
  const [id, json] = made[kind](count, sent)
  store[kind].set(id, json)
  return json
}

/** As PUT does: what is sent replaces what was there, but for what the server keeps. */
export const update = (store: Store, kind: Kind, id: string, sent: Json): Json | undefined => {
  const before = store[kind].get(id)
  if (!before) return undefined
  count += 1
  const kept = pick(before, serverOwned[kind])
  const { id: _, ...rest } = sent
  const json = { ...defaults[kind], ...rest, ...kept, ...modified[kind](count) }
  store[kind].set(id, kind === 'dashboard' ? withWidgetIds(json) : json)
  return store[kind].get(id)
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0')
const time = (number: number) => new Date(1_790_000_000_000 + number * 1000).toISOString()
const creator = { email: 'ci@example.com', handle: 'ci@example.com', id: 1, name: null }

const serverOwned: Readonly<Record<Kind, readonly string[]>> = {
  slo: ['id', 'created_at', 'creator'],
  monitor: ['id', 'created', 'creator', 'org_id', 'overall_state', 'matching_downtimes'],
  dashboard: ['id', 'created_at', 'author_handle', 'author_name', 'url'],
}

const modified: Readonly<Record<Kind, (count: number) => Json>> = {
  slo: (number) => ({ modified_at: 1_790_000_000 + number }),
  monitor: (number) => ({ modified: time(number), overall_state_modified: time(number) }),
  dashboard: (number) => ({ modified_at: time(number) }),
}

/** What an answer has though nobody sent it. */
const defaults: Readonly<Record<Kind, Json>> = {
  slo: { description: null, tags: [], monitor_tags: [] },
  monitor: {
    deleted: null,
    matching_downtimes: [],
    message: '',
    multi: false,
    priority: null,
    restricted_roles: null,
    tags: [],
  },
  dashboard: {
    description: null,
    is_read_only: false,
    notify_list: [],
    reflow_type: null,
    restricted_roles: [],
    tags: [],
    template_variables: [],
  },
}

const made: Readonly<Record<Kind, (count: number, sent: Json) => readonly [string, Json]>> = {
  slo: (number, sent) => {
    const id = hex(number, 32)
    const own = { id, created_at: 1_790_000_000 + number, creator, ...modified.slo(number) }
    return [id, { ...defaults.slo, ...sent, ...own }]
  },
  monitor: (number, sent) => {
    const id = 70_000_000 + number
    const own = { id, created: time(number), creator, org_id: 9, overall_state: 'No Data' }
    return [String(id), { ...defaults.monitor, ...sent, ...own, ...modified.monitor(number) }]
  },
  dashboard: (number, sent) => {
    const id = `${hex(number, 3)}-${hex(number * 7, 3)}-${hex(number * 11, 3)}`
    const own = {
      id,
      created_at: time(number),
      author_handle: 'ci@example.com',
      author_name: null,
      url: `/dashboard/${id}/slug`,
    }
    const json = { ...defaults.dashboard, ...sent, ...own, ...modified.dashboard(number) }
    return [id, withWidgetIds(json)]
  },
}

/** A widget without one gets an id, within groups too. */
const withWidgetIds = (json: Json): Json => ({
  ...json,
  widgets: listOf(json['widgets']).map((widget, index) => {
    const definition = recordOf(widget['definition'])
    return {
      id: 1_000_000 + count * 100 + index,
      ...widget,
      definition: 'widgets' in definition ? withWidgetIds(definition) : definition,
    }
  }),
})

export const recordOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

export const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.map(recordOf) : []

export const pick = (json: Json, fields: readonly string[]): Json =>
  Object.fromEntries(fields.flatMap((field) => (field in json ? [[field, json[field]]] : [])))
