import { parser } from '@prometheus-io/lezer-promql'
import type { MutableRule } from './rule-mutants.ts'

export interface Group {
  readonly name: string
  readonly rules: readonly MutableRule[]
}

/** A file for `promtool test rules`. */
export interface TestFile {
  readonly tests: readonly {
    readonly input_series: readonly { readonly series: string }[]
    readonly promql_expr_test: readonly { readonly expr: string; readonly eval_time: string }[]
  }[]
}

/** The alerts of a file that depend on a rule, directly or by what is recorded. */
export const alertsThatRead = (groups: readonly Group[], rule: MutableRule): MutableRule[] => {
  const rules = groups.flatMap((group) => group.rules)
  const reads = readsOf(rules)
  return rules.filter((other) => other.alert !== undefined && reads(other).has(rule))
}

/** The rules without those that none of some alerts depend on: these take most of the time. */
export const neededFor = (groups: readonly Group[], alerts: readonly MutableRule[]): Group[] => {
  const reads = readsOf(groups.flatMap(({ rules }) => rules))
  const needed = new Set(alerts.flatMap((alert) => [...reads(alert)]))
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => needed.has(rule)) }))
    .filter(({ rules }) => rules.length > 0)
}

/** What a rule is made from, itself included. */
const readsOf = (rules: readonly MutableRule[]) => {
  const reads = (rule: MutableRule): Set<MutableRule> => {
    const names = seriesIn(rule.expr)
    const direct = rules.filter(({ record }) => record !== undefined && names.has(record))
    return new Set([rule, ...direct.flatMap((one) => [...reads(one)])])
  }
  return reads
}

const seriesIn = (expr: string): Set<string> => {
  const names = new Set<string>()
  parser.parse(expr).iterate({
    enter: ({ from, name, to }) => {
      if (name === 'Identifier') names.add(expr.slice(from, to))
    },
  })
  return names
}

/** What a file asks about some alerts, or about any, and the series of the environments in which it asks that. */
export const testsAbout = <File extends TestFile>(
  file: File,
  alerts: readonly MutableRule[],
  place = /./,
): File => ({
  ...file,
  tests: file.tests.flatMap((test) => {
    const asked = test.promql_expr_test.filter(
      ({ expr }) => isAbout(expr, alerts) && place.test(environmentIn(expr) ?? ''),
    )
    const places = new Set(asked.map(({ expr }) => environmentIn(expr)))
    const input_series = test.input_series.filter(({ series }) => places.has(environmentIn(series)))
    return asked.length === 0 ? [] : [{ ...test, input_series, promql_expr_test: asked }]
  }),
})

const isAbout = (expr: string, alerts: readonly MutableRule[]): boolean =>
  !expr.includes('alertname=') ||
  alerts.some(({ alert, labels = {} }) =>
    [
      `alertname="${alert}"`,
      ...['severity', 'breach'].flatMap((name) => matcher(name, labels)),
    ].every((text) => expr.includes(text)),
  )

const matcher = (name: string, labels: Readonly<Record<string, string>>): string[] =>
  labels[name] === undefined ? [] : [`${name}="${labels[name]}"`]

const environmentIn = (text: string): string | undefined =>
  /deployment_environment_name="([^"]*)"/.exec(text)?.[1]
