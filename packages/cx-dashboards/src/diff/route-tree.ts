import { isMatch, type LabelMatcher, matchersIn } from './label-matchers.ts'
import { isRecord } from './shown-value.ts'

type Json = Readonly<Record<string, unknown>>

/** How an alert is told: what the nodes of the tree above it leave to it. */
export interface RouteSettings {
  readonly receiver: string
  readonly group_by: readonly string[]
  readonly group_wait: string
  readonly group_interval: string
  readonly repeat_interval: string
  readonly mute_time_intervals: readonly string[]
  readonly active_time_intervals: readonly string[]
}

// https://prometheus.io/docs/alerting/latest/configuration/#route
const byDefault: RouteSettings = {
  receiver: '',
  group_by: [],
  group_wait: '30s',
  group_interval: '5m',
  repeat_interval: '4h',
  mute_time_intervals: [],
  active_time_intervals: [],
}

/** Where Alertmanager sends an alert with some labels; several where a route goes on to the next. */
export const routesOf = (
  config: Json,
  labels: Readonly<Record<string, string>>,
): readonly RouteSettings[] => {
  const { route } = config
  // The root takes everything, whatever it says.
  return isRecord(route) ? below(route, settingsOf(route, byDefault), labels) : []
}

const below = (
  route: Json,
  settings: RouteSettings,
  labels: Readonly<Record<string, string>>,
): RouteSettings[] => {
  const found: RouteSettings[] = []
  for (const child of childrenOf(route)) {
    if (!isMatch(matchersOf(child), labels)) continue
    found.push(...below(child, settingsOf(child, settings), labels))
    if (child['continue'] !== true) break
  }
  return found.length > 0 ? found : [settings]
}

// A large tree is gone through for thousands of alerts.
const known = new WeakMap<Json, readonly LabelMatcher[]>()

const matchersOf = (route: Json): readonly LabelMatcher[] => {
  const matchers = known.get(route) ?? matchersIn(route)
  known.set(route, matchers)
  return matchers
}

export const childrenOf = (route: Json): Json[] =>
  Array.isArray(route['routes']) ? route['routes'].filter(isRecord) : []

const settingsOf = (route: Json, above: RouteSettings): RouteSettings => ({
  receiver: textOf(route['receiver'], above.receiver),
  group_by: textsOf(route['group_by']) ?? above.group_by,
  group_wait: textOf(route['group_wait'], above.group_wait),
  group_interval: textOf(route['group_interval'], above.group_interval),
  repeat_interval: textOf(route['repeat_interval'], above.repeat_interval),
  // Those two are a route's own: a child does not take them over.
  mute_time_intervals: textsOf(route['mute_time_intervals']) ?? [],
  active_time_intervals: textsOf(route['active_time_intervals']) ?? [],
})

const textOf = (value: unknown, otherwise: string): string =>
  value === undefined || value === null || value === '' ? otherwise : String(value)

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.map(String) : undefined
