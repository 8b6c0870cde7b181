import { type Json, type Kind, listOf, recordOf, type Store } from './store.ts'

export interface Refusal {
  readonly status: 400 | 413
  readonly error: string
}

const monitorTypes = new Set([
  'composite',
  'error-tracking alert',
  'metric alert',
  'query alert',
  'rum alert',
  'slo alert',
])

/** Why something is not taken; a little of what Datadog itself looks at. */
export const refusalOf = (
  kind: Kind,
  sent: Json,
  store: Store,
  mostBytes: number,
): Refusal | undefined => {
  const text = JSON.stringify(sent)
  if (text.length > mostBytes) return { status: 413, error: 'Request entity too large' }
  if (text.includes('cx-ref(')) return bad('a reference of ours reached the API')
  if (kind === 'slo') return sloRefusal(sent)
  return kind === 'monitor' ? monitorRefusal(sent, store) : dashboardRefusal(sent)
}

const bad = (error: string): Refusal => ({ status: 400, error })

const sloRefusal = ({ name, thresholds, type }: Json): Refusal | undefined => {
  if (!isText(name)) return bad("'name' is required")
  if (type !== 'metric') return bad("'type' must be one of metric, monitor, time_slice")
  const isTarget = ({ target, timeframe }: Json) =>
    ['7d', '30d', '90d'].includes(String(timeframe)) && Number(target) > 0 && Number(target) < 100
  const all = listOf(thresholds)
  return all.length > 0 && all.every(isTarget) ? undefined : bad("'thresholds' are invalid")
}

const monitorRefusal = (
  { name, priority, query, type }: Json,
  store: Store,
): Refusal | undefined => {
  if (!isText(name)) return bad("The value provided for parameter 'name' is invalid")
  if (!monitorTypes.has(String(type)))
    return bad("The value provided for parameter 'type' is invalid")
  if (!isText(query) || query.includes('nonsense')) {
    return bad("The value provided for parameter 'query' is invalid")
  }
  if (priority !== null && priority !== undefined && ![1, 2, 3, 4, 5].includes(Number(priority))) {
    return bad("The value provided for parameter 'priority' is invalid")
  }
  const named = [...query.matchAll(/\b\d{6,}\b/g)].map(([id]) => id)
  const isOneMissing = type === 'composite' && named.some((id) => !store.monitor.has(id))
  if (isOneMissing) return bad('Composite query contains monitors that do not exist')
  const [, slo] = /^(?:burn_rate|error_budget)\("(\w+)"\)/.exec(query) ?? []
  return type === 'slo alert' && !(slo !== undefined && store.slo.has(slo))
    ? bad("The value provided for parameter 'query' is invalid: unknown SLO")
    : undefined
}

const dashboardRefusal = ({ layout_type, tags, title, widgets }: Json): Refusal | undefined => {
  if (!isText(title)) return bad("'title' is required")
  if (!['free', 'ordered'].includes(String(layout_type))) return bad("'layout_type' is invalid")
  if (!Array.isArray(widgets)) return bad("'widgets' is required")
  const all = Array.isArray(tags) ? tags : []
  return all.length > 5 || !all.every((tag) => isText(tag) && tag.startsWith('team:'))
    ? bad('Invalid tags: only up to 5 tags of the key team are allowed')
    : undefined
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** What refers to something that is to be deleted. */
export const obstaclesTo = (kind: Kind, id: string, store: Store): readonly string[] => {
  const named = (others: Iterable<readonly [string, Json]>, what: string) =>
    [...others]
      .filter(([other, json]) => other !== id && JSON.stringify(contentOf(json)).includes(id))
      .map(([other]) => `${what} ${other}`)
  if (kind === 'slo')
    return [...named(store.dashboard, 'dashboard'), ...named(store.monitor, 'monitor')]
  return kind === 'monitor'
    ? [...named(store.slo, 'slo'), ...named(composites(store), 'monitor')]
    : []
}

const composites = ({ monitor }: Store) =>
  [...monitor].filter(([, { type }]) => type === 'composite')

const contentOf = (json: Json): unknown => [
  json['query'],
  json['widgets'],
  json['monitor_ids'],
  recordOf(json['sli_specification']),
]
