import { minutesOf } from '../../prometheus/rule-tests/pace.ts'
import type { Rule } from '../../prometheus/rule-group.ts'
import type { RuleFile } from '../../prometheus/rules.ts'
import { readSelectors } from '../../promql/read-selectors.ts'

/** A rule whose past is filled in: a recording rule, or an alert as what Prometheus records of it. */
export interface PastRule {
  readonly record: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly isAlert: boolean
  /** How long the condition of an alert must have held. */
  readonly forSeconds: number
}

/**
 * Rules in the order in which their past can be filled in: each level reads raw series and the levels before it.
 * Alerts come last, since some rule may read any series.
 */
export const ruleLevels = (files: readonly RuleFile[]): readonly (readonly PastRule[])[] => {
  const rules = files.flatMap(({ groups }) => groups).flatMap((group) => group.rules)
  const levels = levelsOf(rules)
  const deepest = Math.max(0, ...levels.values())
  const recording = Array.from({ length: deepest }, (_, index) =>
    rules.flatMap((rule) =>
      'record' in rule && levels.get(rule.record) === index + 1
        ? [{ ...rule, isAlert: false, forSeconds: 0 }]
        : [],
    ),
  )
  const alerts = rules.flatMap((rule) => ('alert' in rule ? [asRecord(rule)] : []))
  return [...recording, alerts].filter((level) => level.length > 0)
}

// https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime
const asRecord = (rule: Extract<Rule, { alert: string }>): PastRule => ({
  record: 'ALERTS',
  expr: rule.expr,
  labels: {
    ...Object.fromEntries(Object.entries(rule.labels).filter(([, value]) => !value.includes('{{'))),
    alertname: rule.alert,
    alertstate: 'firing',
  },
  isAlert: true,
  forSeconds: minutesOf(rule.for) * 60,
})

/** How many rules stand between a recorded series and what services tell; one that reads only the latter has 1. */
const levelsOf = (rules: readonly Rule[]): ReadonlyMap<string, number> => {
  const recording = rules.filter((rule) => 'record' in rule)
  const names = new Set(recording.map(({ record }) => record))
  const readBy = new Map<string, Set<string>>()
  for (const { expr, record } of recording) {
    const read = readSelectors(expr, (name) => names.has(name)).map(({ name }) => name)
    readBy.set(record, new Set([...(readBy.get(record) ?? []), ...read]))
  }
  const levels = new Map<string, number>()
  const levelOf = (name: string, above: readonly string[]): number => {
    const known = levels.get(name)
    if (known !== undefined) return known
    // What reads itself reads its own past, of which there is none yet.
    const below = [...(readBy.get(name) ?? [])].filter(
      (each) => each !== name && !above.includes(each),
    )
    const level = 1 + Math.max(0, ...below.map((each) => levelOf(each, [...above, name])))
    levels.set(name, level)
    return level
  }
  for (const name of names) levelOf(name, [])
  return levels
}
