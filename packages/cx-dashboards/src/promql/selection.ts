import { attributes, type EventCount, type OperationFilter } from 'cx-definition'
import {
  and,
  type Expression,
  labelled,
  or,
  renamed,
  series,
  sum,
  variableAsSeries,
} from './expression.ts'
import {
  anyOf,
  equals,
  type Matcher,
  noneOf,
  startsWithAnyOf,
  startsWithNoneOf,
} from './matcher.ts'
import { type Naming, namingOf } from './naming.ts'

/** What every selector of a query carries beside its operations: the environment, perhaps a customer. */
export interface Scope {
  /** The label of the catalog's dimension. */
  readonly dimension: string
  /** Of our labels, whatever the instrument calls them. */
  readonly matchers: readonly Matcher[]
}

/**
 * The sum over all that a count selects, which comes with the labels `by` as we call them, whatever the instrument does.
 * @param perSeries such as a rate
 * @param suffix of a histogram's series, where it is not the one that the count asks for
 */
export const sumOfSelected = (
  count: EventCount,
  scope: Scope,
  by: readonly string[],
  perSeries: (selected: Expression) => Expression,
  suffix = suffixOf(count),
): Expression => {
  const naming = namingOf(count.instrument, scope.dimension)
  const theirs = by.map(naming.ofLabel).filter((label) => typeof label === 'string')
  const summed = sum(eachOperation(count, scope, naming, perSeries, suffix), theirs)
  const compared = scope.matchers.filter(
    ({ label, variable }) => variable !== undefined && typeof naming.ofLabel(label) === 'object',
  )
  // The dimension's label last: the environment may be called so where the customer is not.
  const isDimension = (label: string) => Number(label === scope.dimension)
  const asked = new Set([...by, ...compared.map(({ label }) => label)])
  const ordered = [...asked].toSorted((a, b) => isDimension(a) - isDimension(b))
  const named = ordered.reduce((of, label) => inOurWords(of, label, naming), summed)
  return named === summed ? summed : sum(compared.reduce(whereVariable, named), by)
}

const inOurWords = (of: Expression, ours: string, naming: Naming): Expression => {
  const theirs = naming.ofLabel(ours)
  if (theirs === undefined || theirs === ours) return of
  return typeof theirs === 'string' ? renamed(of, theirs, ours) : labelled(of, ours, theirs.always)
}

/** No selector can compare a label that the stored series lack, so what was given it is compared here. */
const whereVariable = (of: Expression, { label, variable = '' }: Matcher): Expression =>
  and(of, variableAsSeries(label, variable), [label])

/** Operations are alternatives: label sets of several never overlap, so `or` unites them. */
const eachOperation = (
  count: EventCount,
  scope: Scope,
  naming: Naming,
  perSeries: (selected: Expression) => Expression,
  suffix: string,
): Expression =>
  selectorsOf(count, scope, naming, suffix)
    .map(({ matchers, name }) => perSeries(series(name, matchers)))
    .reduce((united, next) => or(united, next))

/** What selects the series of one operation. */
export interface Selector {
  readonly name: string
  readonly matchers: readonly Matcher[]
}

/** A selector for each operation of a count, in their order; not of the counts that it is put together with. */
export const selectorsOf = (
  count: EventCount,
  scope: Scope,
  naming = namingOf(count.instrument, scope.dimension),
  suffix = suffixOf(count),
): readonly Selector[] => {
  const name = count.instrument.name + suffix
  const common = [
    ...count.where.flatMap((match) => attributeMatchers(match, naming)),
    ...thresholdMatchers(count),
    ...scope.matchers.flatMap((matcher) => scopeMatchers(matcher, naming)),
  ]
  return count.operations.map((operation) => ({
    name,
    matchers: [...operationMatchers(operation, naming), ...common],
  }))
}

const suffixOf = ({ instrument, within }: EventCount): string => {
  if (instrument.kind !== 'histogram') return ''
  return within === undefined ? '_count' : '_bucket'
}

const operationMatchers = (
  { method, route, service }: OperationFilter,
  naming: Naming,
): Matcher[] => {
  const given = [
    [attributes.service, service],
    [attributes.method, method],
    [attributes.route, route],
  ] as const
  return given.flatMap(([attribute, value]) =>
    value === undefined ? [] : [equals(labelOf(attribute, naming), value)],
  )
}

/** The catalog refuses what is asked of a label that an instrument lacks. */
const labelOf = (attribute: string, naming: Naming): string => {
  const label = naming.ofAttribute(attribute)
  return typeof label === 'string' ? label : attribute.replaceAll('.', '_')
}

const attributeMatchers = (match: EventCount['where'][number], naming: Naming): Matcher[] => {
  const label = labelOf(match.attribute, naming)
  return [
    ...(match.anyOf ? [anyOf(label, match.anyOf)] : []),
    ...(match.noneOf ? [noneOf(label, match.noneOf)] : []),
    ...(match.startsWithAnyOf ? [startsWithAnyOf(label, match.startsWithAnyOf)] : []),
    ...(match.startsWithNoneOf ? [startsWithNoneOf(label, match.startsWithNoneOf)] : []),
  ]
}

const scopeMatchers = (matcher: Matcher, naming: Naming): Matcher[] => {
  const theirs = naming.ofLabel(matcher.label)
  if (theirs === undefined) return [matcher]
  if (typeof theirs === 'string') return [{ ...matcher, label: theirs }]
  // A variable is compared after the sum.
  if (matcher.variable !== undefined || matcher.accepts?.(theirs.always)) return []
  // They have no such label, so this selects nothing.
  return [equals(matcher.label, theirs.always)]
}

/** Prometheus 2 stores the bound 1 as `1`, Prometheus 3 as `1.0`. */
const thresholdMatchers = ({ within }: EventCount): Matcher[] => {
  if (within === undefined) return []
  const bound = String(within.seconds)
  return [anyOf('le', bound.includes('.') ? [bound] : [bound, `${bound}.0`])]
}
