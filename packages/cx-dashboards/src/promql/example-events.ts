import { buildInfo, dimensionAttribute, type EventCount, type Indicator } from 'cx-definition'
import { type Expression, series } from './expression.ts'
import { equals } from './matcher.ts'
import { labels as ourLabels } from './labels.ts'
import { namingOf } from './naming.ts'
import { type Selector, selectorsOf } from './selection.ts'

/** A series that an event moves by one. */
export interface MovedSeries {
  readonly name: string
  /** As stored, without the two below. */
  readonly labels: Readonly<Record<string, string>>
  /** What the environment's label is called, or the one environment that all series are of. */
  readonly environment: string | { readonly always: string }
  /** What the label of the catalog's dimension is called, where there is one. */
  readonly customer: string | undefined
}

/** What a good and a bad event of one operation move. */
export interface ExampleEvents {
  readonly good: readonly MovedSeries[]
  readonly bad: readonly MovedSeries[]
}

/** By how much an event of a series changes the total and the good. */
interface Candidate {
  readonly series: MovedSeries
  readonly total: number
  readonly good: number
  readonly operations: ReadonlySet<number>
}

/**
 * Series for each operation of an indicator, found from its selectors alone, whatever it measures: a good event adds one to
 * total and good, a bad one to total only. Operations for which there are none are left out.
 */
export const exampleEvents = (
  indicator: Indicator,
  dimension: string,
): readonly ExampleEvents[] => {
  const found = candidates(indicator, dimension)
  return indicator.total.operations.flatMap((_, index) => {
    // A series with all its labels comes first: a stored one has them.
    const ofOperation = found.toSorted(
      (a, b) => has(b, index) - has(a, index) || labelCount(b) - labelCount(a),
    )
    const [good, bad] = [1, 0].map((change) => movedBy(ofOperation, change))
    return good && bad ? [{ good, bad }] : []
  })
}

const has = ({ operations }: Candidate, index: number): number => Number(operations.has(index))

const labelCount = (of: Candidate): number => Object.keys(of.series.labels).length

/** One series, or two that tell of the same event. */
const movedBy = (among: readonly Candidate[], good: number): readonly MovedSeries[] | undefined => {
  const one = among.find((each) => each.total === 1 && each.good === good)
  if (one) return [one.series]
  for (const first of among.filter(({ total }) => total === 1)) {
    const second = among.find(
      (each) => each.total === 0 && first.good + each.good === good && agree(first, each),
    )
    if (second) return [first.series, second.series]
  }
  return undefined
}

const agree = (one: Candidate, other: Candidate): boolean =>
  Object.entries(one.series.labels).every(
    ([label, value]) => (other.series.labels[label] ?? value) === value,
  )

/** A count's selectors, each with the number of its operation and whether it adds or takes away. */
interface Part {
  readonly count: EventCount
  readonly selector: Selector
  readonly operation: number
  readonly sign: number
}

const parts = (count: EventCount, dimension: string, sign = 1): readonly Part[] => [
  ...selectorsOf(count, { dimension, matchers: [] }).map((selector, operation) => ({
    count,
    selector,
    operation,
    sign,
  })),
  ...(count.plus ? parts(count.plus, dimension, sign) : []),
  ...(count.less ? parts(count.less, dimension, -sign) : []),
]

const candidates = ({ good, total }: Indicator, dimension: string): readonly Candidate[] => {
  const [inTotal, inGood] = [parts(total, dimension), parts(good, dimension)]
  return [...inTotal, ...inGood].flatMap(({ count, selector }) =>
    combinations(selector).map((labels) => {
      const one = { ...moved(count, dimension), name: selector.name, labels }
      const hit = inTotal.filter((part) => takes(part.selector, one))
      return {
        series: one,
        total: sumOf(hit),
        good: sumOf(inGood.filter((part) => takes(part.selector, one))),
        operations: new Set(hit.map(({ operation }) => operation)),
      }
    }),
  )
}

const sumOf = (hit: readonly Part[]): number => hit.reduce((sum, { sign }) => sum + sign, 0)

const moved = ({ instrument }: EventCount, dimension: string) => {
  const naming = namingOf(instrument, dimension)
  const customer = naming.ofAttribute(dimensionAttribute)
  const isKnown = instrument.attributes.includes(dimensionAttribute)
  return {
    environment: naming.ofLabel(ourLabels.environment) ?? ourLabels.environment,
    customer: isKnown && typeof customer === 'string' ? customer : undefined,
  }
}

const combinations = ({ matchers }: Selector): readonly Record<string, string>[] =>
  matchers.reduce<readonly Record<string, string>[]>(
    (found, { examples = [], label }) =>
      found.flatMap((labels) =>
        label in labels ? [labels] : examples.map((value) => ({ ...labels, [label]: value })),
      ),
    [{}],
  )

const takes = (
  { matchers, name }: Selector,
  { labels, name: actual }: Pick<MovedSeries, 'labels' | 'name'>,
): boolean =>
  name === actual && matchers.every(({ accepts, label }) => accepts?.(labels[label] ?? '') ?? true)

/** What a service shows of itself as long as it runs. */
export const heartbeat = (service: string, environment: string): Expression =>
  series(buildInfo.name, [
    equals(ourLabels.service, service),
    equals(ourLabels.environment, environment),
  ])
