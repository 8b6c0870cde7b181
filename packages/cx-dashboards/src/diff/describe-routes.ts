import type { RouteTest } from '../alertmanager/route-tests.ts'
import type { Change } from './change.ts'
import { removedOwners } from './removed-owners.ts'
import { changedSettings, receiverWords } from './receiver-words.ts'
import { routesOf, type RouteSettings } from './route-tree.ts'
import { isRecord, stableJson } from './shown-value.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Who would be told of our alerts by whom else, before and after. No value of a receiver is in it but its kind and channel.
 * @param alerts the alerts to ask for
 */
export const routeChanges = (
  live: unknown,
  desired: unknown,
  alerts: readonly Pick<RouteTest, 'labels' | 'title'>[],
): Change[] => {
  if (!isRecord(live) || !isRecord(desired)) return [{ what: 'what is there has no routes' }]
  try {
    const all = [...alerts, ...removedOwners(live, desired, alerts)]
    return [
      ...destinationChanges(live, desired, all),
      ...receiverChanges(live, desired, all),
      ...inhibitionChanges(live, desired),
      ...sectionChanges(live, desired),
    ]
  } catch (error) {
    return [{ what: `who is told cannot be compared: ${(error as Error).message}` }]
  }
}

type Alerts = readonly Pick<RouteTest, 'labels' | 'title'>[]

interface Fact {
  readonly what: string
  readonly of: (config: Json, routes: readonly RouteSettings[]) => string
}

const setting = (what: string, name: keyof RouteSettings): Fact => ({
  what,
  of: (_, routes) => routes.map((route) => [route[name]].flat().join(', ') || 'none').join('; '),
})

const facts: readonly Fact[] = [
  {
    what: 'goes to',
    of: (config, routes) =>
      routes.map(({ receiver }) => receiverWords(config, receiver)).join(', and to ') || 'nobody',
  },
  setting('waits before the first notice', 'group_wait'),
  setting('waits before news of the same group', 'group_interval'),
  setting('is told again after', 'repeat_interval'),
  setting('is told together by', 'group_by'),
  setting('is silent in', 'mute_time_intervals'),
  setting('is told only in', 'active_time_intervals'),
]

/** One line for all alerts that a fact changes for in the same way. */
const destinationChanges = (live: Json, desired: Json, alerts: Alerts): Change[] => {
  const routed = alerts.map(({ labels, title }) => ({
    title: title.replace(/ goes to .*/s, ''),
    before: routesOf(live, labels),
    after: routesOf(desired, labels),
  }))
  return facts.flatMap(({ of, what }) => {
    const alike = new Map<string, { readonly change: Change; readonly titles: string[] }>()
    for (const { after: now, before: was, title } of routed) {
      const [before, after] = [of(live, was), of(desired, now)]
      if (before === after) continue
      const key = JSON.stringify([before, after])
      const group = alike.get(key) ?? { change: { what, before, after }, titles: [] }
      group.titles.push(title)
      alike.set(key, group)
    }
    return [...alike.values()].map(({ change, titles }) => ({
      subject: titlesText(titles),
      ...change,
    }))
  })
}

const titlesText = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} more`

const receiverChanges = (live: Json, desired: Json, alerts: Alerts): Change[] => {
  const names = alerts.flatMap(({ labels }) =>
    routesOf(desired, labels).map(({ receiver }) => receiver),
  )
  return [...new Set(names)].flatMap((name) => {
    const settings = changedSettings(live, desired, name)
    return settings.length === 0
      ? []
      : [{ subject: `receiver ${name}`, what: `other settings, not shown: ${settings.join(', ')}` }]
  })
}

const inhibitionChanges = (live: Json, desired: Json): Change[] => {
  const [before, after] = [live, desired].map((config) => inhibitionsIn(config))
  const gone = (before ?? []).filter((rule) => !after?.includes(rule))
  const added = (after ?? []).filter((rule) => !before?.includes(rule))
  return [
    ...gone.map((rule) => ({ what: 'no longer silences', before: rule })),
    ...added.map((rule) => ({ what: 'silences', after: rule })),
  ]
}

/** `alerts with severity="ticket", while one with severity="page" fires, of the same objective` */
const inhibitionsIn = ({ inhibit_rules: rules }: Json): string[] =>
  Array.isArray(rules) ? rules.filter(isRecord).map(inhibitionText) : []

const inhibitionText = (rule: Json): string => {
  const side = (name: 'source' | 'target') =>
    stableJson(rule[`${name}_matchers`] ?? [rule[`${name}_match`], rule[`${name}_match_re`]])
  return `alerts with ${side('target')} while one with ${side('source')} fires, of the same ${stableJson(rule['equal'] ?? [])}`
}

const compared = new Set(['route', 'receivers', 'inhibit_rules'])

/** Sections that are not ours, by their names: what is in them may be secret. */
const sectionChanges = (live: Json, desired: Json): Change[] =>
  [...new Set([...Object.keys(live), ...Object.keys(desired)])]
    .filter((name) => !compared.has(name) && stableJson(live[name]) !== stableJson(desired[name]))
    .map((name) => ({
      what: desired[name] === undefined ? `section ${name} lost` : `section ${name} changed`,
    }))
