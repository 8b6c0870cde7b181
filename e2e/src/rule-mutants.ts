import { parser } from '@prometheus-io/lezer-promql'

/** A rule as its file has it. */
export interface MutableRule {
  readonly record?: string
  readonly alert?: string
  readonly expr: string
  readonly for?: string
  readonly keep_firing_for?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** One thing changed in one rule. */
export interface Mutant {
  /** Such as `CxBreach: 0.01 → 0.012 after …`. */
  readonly title: string
  readonly rule: MutableRule
}

/** A rule with every number, span, operator and grouping changed, one at a time; of an alert, its times and labels too. */
export const mutantsOf = (rule: MutableRule): Mutant[] => [
  ...expressionMutants(rule.expr).map(({ expr, title }) => ({
    title: `${nameOf(rule)}: ${title}`,
    rule: { ...rule, expr },
  })),
  ...(rule.alert === undefined ? [] : alertMutants(rule)),
]

/** The same for rules of the same shape, whatever series they read. */
export const shapeOf = (rule: MutableRule, { rule: mutant }: Mutant): string =>
  JSON.stringify([
    nameOf(rule),
    shape(rule.expr),
    shape(mutant.expr),
    ...(['for', 'keep_firing_for'] as const).map((field) =>
      rule[field] === mutant[field] ? '' : [rule[field], mutant[field]],
    ),
    Object.keys(rule.labels ?? {}).filter(
      (label) => rule.labels?.[label] !== mutant.labels?.[label],
    ),
  ])

const shape = (expr: string): string => expr.replaceAll(/\{[^{}]*\}/g, '')

const nameOf = ({ alert, labels = {}, record }: MutableRule): string =>
  record ?? [alert, labels['severity'], labels['breach']].filter(Boolean).join(' ')

const alertMutants = (rule: MutableRule): Mutant[] => {
  const mutant = (title: string, change: Partial<MutableRule>): Mutant => ({
    title: `${nameOf(rule)}: ${title}`,
    rule: { ...rule, ...change },
  })
  const times = (['for', 'keep_firing_for'] as const).flatMap((field) => {
    const time = rule[field]
    return time === undefined
      ? []
      : [
          mutant(`${field} ${time} → 0s`, { [field]: '0s' }),
          mutant(`${field} ${time} → longer`, { [field]: longer(time) }),
        ]
  })
  const labels = Object.keys(rule.labels ?? {}).map((label) =>
    mutant(`label ${label}`, { labels: { ...rule.labels, [label]: 'mutant' } }),
  )
  return [...times, ...labels]
}

const longer = (time: string): string =>
  time.replace(/\d+/, (count) => String(Number(count) + Math.max(1, Math.round(Number(count) / 5))))

interface Change {
  readonly from: number
  readonly to: number
  readonly by: string
}

const expressionMutants = (expr: string): { readonly title: string; readonly expr: string }[] => {
  const changes: Change[] = []
  parser.parse(expr).iterate({
    enter: ({ from, name, to }) => {
      const text = expr.slice(from, to)
      const others =
        name.startsWith('Number') && isCount(expr, from, to)
          ? otherCounts(text)
          : replacements(name, text)
      changes.push(...others.map((by) => ({ from, to, by })))
    },
  })
  return changes.map(({ by, from, to }) => ({
    title: `${expr.slice(from, to)} → ${by} after ${expr.slice(Math.max(0, from - 80), from)}`,
    expr: expr.slice(0, from) + by + expr.slice(to),
  }))
}

/** Where customers are counted: what is above a half is one or more, and some count for two. */
const isCount = (expr: string, from: number, to: number): boolean =>
  expr.slice(to).startsWith(' * (slo_customer') || expr.slice(0, from).endsWith('bool ')

const otherCounts = (text: string): readonly string[] => (text === '2' ? ['0', '1'] : ['-1', '1.5'])

const replacements = (name: string, text: string): readonly string[] => {
  switch (name) {
    case 'NumberDurationLiteral':
    case 'NumberLiteral':
      return /^[\d.]+$/.test(text) ? otherNumbers(Number(text)) : otherSpans(text)
    case 'NumberDurationLiteralInDurationContext':
    case 'Duration':
      return otherSpans(text)
    case 'And':
      return ['or']
    case 'Or':
      return ['and']
    case 'Gtr':
      return ['<']
    case 'Lss':
      return ['>']
    case 'Gte':
      return ['<']
    case 'GroupingLabels':
      return [text.replace(/deployment_environment_name(, )?/, '')]
    default:
      return []
  }
}

const otherNumbers = (value: number): readonly string[] => {
  if (value === 0) return ['1000000']
  // Counts are whole: more than a half is one or more, and 1.7 is no other than 2.
  if (value === 2) return ['1', '2.4']
  const near = [1.2, 1 / 1.2].map((by) => String(Number((value * by).toPrecision(6))))
  return value === 0.5 ? [...near, '1.5'] : near
}

const otherSpans = (text: string): readonly string[] => {
  const [, count = '', unit = 'm'] = /^(\d+)(s|m|h|d)$/.exec(text) ?? []
  const seconds = Number(count) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? 0)
  return seconds === 0 ? [] : [1.25, 0.75].map((by) => `${Math.round(seconds * by)}s`)
}
