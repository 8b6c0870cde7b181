import type { LiveRule } from '../plan/live-rules.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { conditionShape } from './condition-shape.ts'

export interface RulePairs {
  readonly pairs: readonly (readonly [LiveRule, LiveRule])[]
  readonly gone: readonly LiveRule[]
  readonly added: readonly LiveRule[]
}

type Key = (rule: LiveRule) => string

const of = ({ labels }: LiveRule) => [labels[objectiveLabel], labels['app']]

// What makes two alerts the same, the surest first: nothing but its condition tells two silent services apart.
const alertKeys: readonly Key[] = [
  (rule) => key(rule.alert, rule.labels, rule.expr),
  ({ alert, annotations, labels }) => key(alert, labels, annotations['summary']),
  ({ alert, expr, labels }) => key(alert, labels['severity'], expr),
  (rule) =>
    key(rule.alert, of(rule), rule.labels['severity'], rule.labels['owner'], rule.labels['breach']),
  (rule) => (of(rule)[0] === undefined ? '' : key(rule.alert, of(rule), rule.labels['severity'])),
  (rule) => (of(rule)[0] === undefined ? '' : key(rule.alert, of(rule), rule.labels['breach'])),
  ({ alert, expr, labels }) => key(alert, labels['severity'], conditionShape(expr).shape),
]

/** Each alert with the one that stands for it on the other side. */
export const pairAlerts = (before: readonly LiveRule[], after: readonly LiveRule[]): RulePairs =>
  paired(before, after, alertKeys)

/** Recorded series go by their names and labels. */
export const pairRecords = (before: readonly LiveRule[], after: readonly LiveRule[]): RulePairs =>
  paired(before, after, [
    ({ labels, record }) => key(record, labels),
    ({ labels, record }) => key(record, labels[objectiveLabel]),
  ])

const key = (...parts: readonly unknown[]): string =>
  JSON.stringify(parts, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : part,
  )

const paired = (
  before: readonly LiveRule[],
  after: readonly LiveRule[],
  keys: readonly Key[],
): RulePairs => {
  const found = new Map<LiveRule, LiveRule>()
  const free = new Set(before)
  for (const keyOf of keys) {
    for (const rule of after) {
      const name = keyOf(rule)
      if (found.has(rule) || name === '') continue
      const match = [...free].find((each) => keyOf(each) === name)
      if (!match) continue
      found.set(rule, match)
      free.delete(match)
    }
  }
  return {
    pairs: after.flatMap((now) => {
      const was = found.get(now)
      return was ? [[was, now] as const] : []
    }),
    gone: [...free],
    added: after.filter((rule) => !found.has(rule)),
  }
}
