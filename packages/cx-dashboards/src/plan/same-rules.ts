import { prometheusDuration } from '../check/retention.ts'
import type { LiveGroup, LiveRule } from './live-rules.ts'

/** Whether two groups do the same: a ruler writes durations in its own way, and keeps no order of labels. */
export const sameGroup = (a: LiveGroup, b: LiveGroup): boolean => groupText(a) === groupText(b)

/** Groups in another order are the same: each is evaluated on its own. */
export const sameGroups = (a: readonly LiveGroup[], b: readonly LiveGroup[]): boolean =>
  a.length === b.length &&
  a.every((group) => b.some((other) => other.name === group.name && sameGroup(group, other)))

/** What a group does, as text to compare. */
export const groupText = (group: LiveGroup): string => JSON.stringify(canonicalGroup(group))

const canonicalGroup = ({ interval, more = {}, name, rules }: LiveGroup) => [
  name,
  interval === undefined ? undefined : canonicalDuration(interval),
  rules.map(canonicalRule),
  sorted(more),
]

/** What a rule does, as text to compare. */
export const ruleText = (rule: LiveRule): string => JSON.stringify(canonicalRule(rule))

const canonicalRule = (rule: LiveRule) => [
  rule.record ?? '',
  rule.alert ?? '',
  rule.expr.trim(),
  canonicalDuration(rule.for ?? '0s'),
  canonicalDuration(rule.keepFiringFor ?? '0s'),
  sorted(rule.labels),
  sorted(rule.annotations),
]

const sorted = (texts: Readonly<Record<string, unknown>>) =>
  Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Seconds where it is a duration: a ruler writes 60 minutes as an hour. */
const canonicalDuration = (text: string): number | string =>
  text === '0' ? 0 : (prometheusDuration(text)?.seconds ?? text)
