import type { Matcher } from './matcher.ts'
import { quoted } from './quoted.ts'

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
const loosest = { or: 1, and: 2, comparison: 3, sum: 4, product: 5, power: 6, atom: 7 } as const

const atom = (text: string): Expression => ({ text, precedence: loosest.atom })

/** @param on the labels that pair the two sides; all of them where it is left out */
type Binary = (left: Expression, right: Expression, on?: readonly string[]) => Expression

const binary =
  (operator: string, precedence: number): Binary =>
  (left, right, on) => ({
    // Operators of one precedence bind to the left, so the right side needs parentheses at equality.
    text: `${enclose(left, precedence)} ${operator}${on ? ` on (${on.join(', ')})` : ''} ${enclose(right, precedence + 1)}`,
    precedence,
  })

const enclose = ({ precedence, text }: Expression, least: number): string =>
  precedence < least ? `(${text})` : text

const union = binary('or', loosest.or)
/** Two parameters, so that it folds a list. */
export const or = (left: Expression, right: Expression): Expression => union(left, right)
/** What the right side has for labels that the left has not. */
export const orElse = (left: Expression, right: Expression, on: readonly string[]): Expression =>
  union(left, right, on)
export const plus = binary('+', loosest.sum)
export const minus = binary('-', loosest.sum)
export const times = binary('*', loosest.product)
export const over = binary('/', loosest.product)

export const modulo = binary('%', loosest.product)
export const and = binary('and', loosest.and)
export const unless = binary('unless', loosest.and)
export const above = binary('>', loosest.comparison)
export const atLeast = binary('>=', loosest.comparison)
export const below = binary('<', loosest.comparison)

/** 1 where it is above, 0 where not, instead of nothing. */
export const isAbove = (left: Expression, right: Expression): Expression =>
  atom(`(${enclose(left, loosest.sum)} > bool ${enclose(right, loosest.sum)})`)

/** 1 where both are equal, 0 where not, instead of nothing. */
export const isEqual = (left: Expression, right: Expression): Expression =>
  atom(`(${enclose(left, loosest.sum)} == bool ${enclose(right, loosest.sum)})`)

/** Binds to the right, unlike the others: both sides are enclosed. */
export const cubed = (of: Expression): Expression => ({
  text: `${enclose(of, loosest.atom)} ^ 3`,
  precedence: loosest.power,
})

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

export const squareRoot = (of: Expression): Expression => atom(`sqrt(${of.text})`)

/** Seconds since 1970, as a vector: what a rule is evaluated at. */
export const now: Expression = atom('vector(time())')

/** When the whole query is evaluated, to the step before, also inside of a subquery. */
export const evaluatedAt = (step: Window): Expression =>
  atom(`last_over_time(vector(time())[${step}:${step}] @ end())`)

/** The hour from 0 to 23 or the month from 1 to 12 of a moment, in UTC. */
export const hourOf = ({ text }: Expression): Expression => atom(`hour(${text})`)
export const monthOf = ({ text }: Expression): Expression => atom(`month(${text})`)

export const roundedUp = ({ text }: Expression): Expression => atom(`ceil(${text})`)

export const roundedDown = ({ text }: Expression): Expression => atom(`floor(${text})`)

/** The same as a scalar, which compares with every series. */
export const clock: Expression = atom('time()')

export const vector = (value: number): Expression => atom(`vector(${value})`)

/** @param until a moment in seconds since 1970 that the window ends at, instead of now */
export const sumOverTime = (of: Expression, window: Window, until?: number): Expression =>
  atom(`sum_over_time(${of.text}[${window}]${until === undefined ? '' : ` @ ${until}`})`)

export const averageOverTime = (of: Expression, window: Window): Expression =>
  atom(`avg_over_time(${of.text}[${window}])`)

/** Of what an expression gives at each step of a window, as if a rule had recorded it. */
export const sumOverSteps = (
  of: Expression,
  window: Window,
  step: Window,
  ago?: Window,
): Expression =>
  atom(`sum_over_time((${of.text})[${window}:${step}]${ago === undefined ? '' : ` offset ${ago}`})`)

export const averageOverSteps = (of: Expression, window: Window, step: Window): Expression =>
  atom(`avg_over_time((${of.text})[${window}:${step}])`)

export const maximumOverSteps = ({ text }: Expression, window: Window, step: Window): Expression =>
  atom(`max_over_time((${text})[${window}:${step}])`)

export const absentOverTime = (of: Expression, window: Window): Expression =>
  atom(`absent_over_time(${of.text}[${window}])`)

/** When a series was first there in the window, to the minute, in seconds since 1970. */
export const firstSince = ({ text }: Expression, window: Window = '6h'): Expression =>
  atom(`min_over_time(timestamp(${text})[${window}:1m])`)

export const minimumBy = ({ text }: Expression, by: readonly string[]): Expression =>
  atom(`min by (${by.join(', ')}) (${text})`)

/** The one series with the highest value. */
export const highest = ({ text }: Expression): Expression => atom(`topk(1, ${text})`)

/** The so many series with the highest values. */
export const most = (count: number, { text }: Expression): Expression =>
  atom(`topk(${count}, ${text})`)

/** When a series was last there in the window, to the minute, in seconds since 1970. */
export const lastSince = ({ text }: Expression, window: Window): Expression =>
  atom(`max_over_time(timestamp(${text})[${window}:1m])`)

export const maximumBy = ({ text }: Expression, by: readonly string[]): Expression =>
  atom(`max by (${by.join(', ')}) (${text})`)

export const countBy = ({ text }: Expression, by: readonly string[]): Expression =>
  atom(`count by (${by.join(', ')}) (${text})`)

/** What a selector selected so long ago. */
export const before = ({ text }: Expression, ago: Window): Expression =>
  atom(`${text} offset ${ago}`)

/** When the sample was taken that a selector finds, in seconds since 1970. */
export const timeOf = ({ text }: Expression): Expression => atom(`timestamp(${text})`)

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

/** Gives every series the label `to`, of the values that it has as `from`, one after the other. */
export const joinedLabels = (of: Expression, from: readonly string[], to: string): Expression =>
  atom(`label_join(${of.text}, "${to}", "", ${from.map((label) => `"${label}"`).join(', ')})`)

/** Gives every series the label `to`, of the value that it has as `from`. */
export const renamed = (of: Expression, from: string, to: string): Expression =>
  atom(`label_replace(${of.text}, "${to}", ${quoted('$1')}, "${from}", "(.*)")`)

export const histogramQuantile = (quantile: number, of: Expression): Expression =>
  atom(`histogram_quantile(${quantile}, ${of.text})`)

/** One series, whose label has the value of a dashboard's variable. */
export const variableAsSeries = (label: string, variable: string): Expression =>
  atom(`label_replace(vector(1), "${label}", "$${variable}", "", "")`)
