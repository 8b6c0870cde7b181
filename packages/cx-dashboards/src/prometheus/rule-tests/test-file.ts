import { type Artifact, lazyArtifact } from '../../artifact.ts'
import { series } from '../../promql/expression.ts'
import { equals } from '../../promql/matcher.ts'
import { labels } from '../../promql/queries.ts'
import { yamlText } from '../../yaml-text.ts'
import { alertingRule } from '../rules.ts'
import type { InputSeries } from './input-series.ts'
import type { Check } from './lane.ts'

/** Questions to Prometheus with their only right answers. */
interface ExpressionTest {
  readonly expr: string
  readonly eval_time: string
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[]
}

/** A world of its own for promtool: series, and what is asked of them. */
export interface RuleTest {
  readonly name: string
  readonly interval: string
  readonly input_series: readonly InputSeries[]
  readonly promql_expr_test: readonly ExpressionTest[]
}

/** Tests of a rule file that are evaluated at the same pace. */
export const testFileArtifact = (
  name: string,
  ruleFile: string,
  pace: string,
  tests: () => readonly RuleTest[],
  groups: readonly string[] = [],
): Artifact =>
  lazyArtifact(`prometheus/${name}.tests.yml`, () =>
    yamlText({
      rule_files: [`${ruleFile}.rules.yml`],
      evaluation_interval: pace,
      // Else promtool takes them in any order, and budgets differ from run to run.
      ...(groups.length > 0 && { group_eval_order: groups }),
      tests: tests(),
    }),
  )

/** What tells an alert's own from others, and where it is. */
export interface Place {
  readonly environment: string
  /** Beside the environment, such as the customer. */
  readonly dimension?: string
  readonly labels?: Readonly<Record<string, string>>
}

// Prometheus keeps a series for each alert, which is asked for in place of promtool's own tests of alerts: those compare texts
// too, and texts hold figures and times.
const alertSeries = 'ALERTS'

/** Asks which alerts fire, and expects them with every label, and no other. */
export const expressionTest = (check: Check, place: Place): ExpressionTest => ({
  expr: series(alertSeries, selected(check, place)).text,
  eval_time: `${check.minute}m`,
  exp_samples: expected(check, place).map((of) => ({
    labels: series(alertSeries, matchersOf(of)).text,
    value: 1,
  })),
})

const matchersOf = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([label, value]) => equals(label, value))

const selected = ({ alert }: Check, { environment, labels: more = {} }: Place) => {
  const where = { ...more, [labels.environment]: environment }
  if (!alert) return matchersOf(where)
  const { alert: alertname } = alertingRule(alert)
  const { severity } = alert
  return matchersOf({ alertname, alertstate: 'firing', severity, ...alert.labels, ...where })
}

const expected = (
  { alert, firing }: Check,
  { dimension, environment, labels: more }: Place,
): readonly Readonly<Record<string, string>>[] => {
  if (!alert || firing === false) return []
  const rule = alertingRule(alert)
  const one = {
    alertname: rule.alert,
    alertstate: 'firing',
    ...rule.labels,
    ...more,
    [labels.environment]: environment,
  }
  if (firing === true) return [one]
  return firing.map((customer) =>
    dimension === undefined ? one : { ...one, [dimension]: customer },
  )
}
