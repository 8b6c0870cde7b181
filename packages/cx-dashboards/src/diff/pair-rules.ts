import type { LiveRule } from '../plan/live-rules.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { conditionShape } from './condition-shape.ts'
import { type Key, paired, type Pairs } from './paired.ts'

const of = ({ labels }: LiveRule) => [labels[objectiveLabel], labels['app']]

// What makes two alerts the same, the surest first: nothing but its condition tells two silent services apart.
const alertKeys: readonly Key<LiveRule>[] = [
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
export const pairAlerts = (
  before: readonly LiveRule[],
  after: readonly LiveRule[],
): Pairs<LiveRule> => paired(before, after, alertKeys)

/** Recorded series go by their names and labels. */
export const pairRecords = (
  before: readonly LiveRule[],
  after: readonly LiveRule[],
): Pairs<LiveRule> =>
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
