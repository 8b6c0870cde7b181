/**
 * A PromQL expression: text, and how tightly its outermost operator binds, so that composing two
 * never changes what either means. Everything is built here; nothing is glued from templates elsewhere.
 */
export interface Expression {
  readonly text: string
  readonly precedence: number
}

/** A Prometheus duration such as `5m`, or one of Grafana's `$__range` and `$__rate_interval`. */
export type Window = string

// https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
const loosest = { or: 1, sum: 4, product: 5, atom: 7 } as const

const atom = (text: string): Expression => ({ text, precedence: loosest.atom })

const binary =
  (operator: string, precedence: number) =>
  (left: Expression, right: Expression): Expression => ({
    // Operators of one precedence bind to the left, so the right side needs parentheses at equality.
    text: `${enclose(left, precedence)} ${operator} ${enclose(right, precedence + 1)}`,
    precedence,
  })

const enclose = ({ precedence, text }: Expression, least: number): string =>
  precedence < least ? `(${text})` : text

export const or = binary('or', loosest.or)
export const minus = binary('-', loosest.sum)
export const times = binary('*', loosest.product)
export const over = binary('/', loosest.product)

export const number = (value: number): Expression => atom(String(value))

/** How far apart two points of a panel are; Grafana puts it in. */
export const secondsPerPoint: Expression = {
  text: '$__interval_ms / 1000',
  precedence: loosest.product,
}

/** `name{label="value"}` */
export const series = (name: string, matchers: readonly Matcher[]): Expression => {
  const inner = matchers.map(({ label, operator, value }) => `${label}${operator}${value}`)
  return atom(inner.length > 0 ? `${name}{${inner.join(', ')}}` : name)
}

export const rate = (of: Expression, window: Window): Expression =>
  atom(`rate(${of.text}[${window}])`)

/** @param ago how long before now the window ends, such as `1w` */
export const increase = (of: Expression, window: Window, ago?: Window): Expression =>
  atom(`increase(${of.text}[${window}]${ago === undefined ? '' : ` offset ${ago}`})`)

export const sum = (of: Expression, by: readonly string[] = []): Expression =>
  atom(by.length > 0 ? `sum by (${by.join(', ')}) (${of.text})` : `sum(${of.text})`)

/** A part that has no series yet, such as a code never answered, is none where the whole is known. */
export const orZero = (part: Expression, whole: Expression): Expression =>
  or(part, times(number(0), whole))

/** Extrapolation can make a part larger than its whole. */
export const atLeastZero = (of: Expression): Expression => atom(`clamp_min(${of.text}, 0)`)

/** A share of those before, where they are counted a moment apart. */
export const atMostOne = (of: Expression): Expression => atom(`clamp_max(${of.text}, 1)`)

/** One number for all label sets of what it is combined with. */
export const scalar = (of: Expression): Expression => atom(`scalar(${of.text})`)

/** Gives every series of an expression a label. */
export const labelled = (of: Expression, label: string, value: string): Expression =>
  // What is put in is a template of Go's regular expressions, in which a dollar is doubled.
  atom(`label_replace(${of.text}, "${label}", ${quoted(value.replaceAll('$', '$$$$'))}, "", "")`)

export const histogramQuantile = (quantile: number, of: Expression): Expression =>
  atom(`histogram_quantile(${quantile}, ${of.text})`)

export interface Matcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  /** Quoted and escaped. */
  readonly value: string
}

export const equals = (label: string, value: string): Matcher => ({
  label,
  operator: '=',
  value: quoted(value),
})

export const anyOf = (label: string, values: readonly string[]): Matcher =>
  values.length === 1
    ? equals(label, values[0] as string)
    : { label, operator: '=~', value: quoted(alternatives(values)) }

export const noneOf = (label: string, values: readonly string[]): Matcher =>
  values.length === 1
    ? { label, operator: '!=', value: quoted(values[0] as string) }
    : { label, operator: '!~', value: quoted(alternatives(values)) }

/** Compares with a dashboard's variable, which Grafana puts in and escapes. */
export const equalsVariable = (label: string, variable: string): Matcher => ({
  label,
  operator: '=',
  value: `"$${variable}"`,
})

// RE2's meta characters: https://github.com/google/re2/wiki/Syntax
const alternatives = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)).join('|')

/**
 * A double-quoted PromQL string, which takes Go's escapes. `$` and `[[` become escapes as well,
 * or Grafana would take a label's value for one of its variables.
 */
const quoted = (value: string): string =>
  JSON.stringify(value.toWellFormed())
    .replaceAll('$', String.raw`\x24`)
    .replaceAll('[[', String.raw`\x5b[`)
