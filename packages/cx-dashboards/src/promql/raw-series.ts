import {
  attributes,
  buildInfo,
  type Catalog,
  conventionalBounds,
  dimensionAttribute,
  errorSessions,
  type Instrument,
  journeyEvents,
  type OperationFilter,
  outcomes,
  partsOf,
  placeholders,
  requestDuration,
  requests,
  sessions,
} from 'cx-definition'
import { labelName, labels } from './labels.ts'
import { namingOf } from './naming.ts'
import type { SelectorMatcher } from './read-selectors.ts'

/** How many values each label of a metric has at most. */
export interface SeriesSize {
  readonly name: string
  readonly values: ReadonlyMap<string, number>
}

/** Values of the dimension's label at most: pinned, tracked and those that stand for several. */
export const mostCustomers = ({ dimension }: Catalog): number =>
  dimension.limit + dimension.pinned.length + Object.keys(placeholders).length

/** Sizes of every series that a catalog's rules read, by name as Prometheus has it, with a histogram's suffixes. */
export const seriesSizes = (catalog: Catalog): ReadonlyMap<string, SeriesSize> => {
  const used = catalog.objectives.flatMap(({ indicator }) =>
    [indicator.total, indicator.good].flatMap(partsOf).map(({ instrument }) => instrument),
  )
  const instruments = new Set<Instrument>([
    ...used,
    requests,
    requestDuration,
    sessions,
    errorSessions,
    buildInfo,
  ])
  return new Map(
    [...instruments]
      .flatMap((instrument) => sizesOf(instrument, catalog))
      .map((size) => [size.name, size] as const),
  )
}

const sizesOf = (instrument: Instrument, catalog: Catalog): SeriesSize[] => {
  const values = valuesOf(instrument, catalog)
  const { kind, name } = instrument
  if (kind !== 'histogram') return [{ name, values }]
  const buckets = boundsOf(instrument, catalog).length + 1
  return [
    { name: `${name}_bucket`, values: new Map([...values, ['le', buckets]]) },
    { name: `${name}_sum`, values },
    { name: `${name}_count`, values },
  ]
}

const boundsOf = ({ bounds, labels: own }: Instrument, catalog: Catalog): readonly number[] =>
  own === undefined ? catalog.durationBounds : (bounds ?? conventionalBounds)

const valuesOf = (instrument: Instrument, catalog: Catalog): ReadonlyMap<string, number> => {
  const naming = namingOf(instrument, catalog.dimension.name)
  const known = knownValues(catalog)
  return new Map(
    instrument.attributes.flatMap((attribute) => {
      const label = naming.ofLabel(labelName(attribute, catalog.dimension.name))
      return typeof label === 'string' ? [[label, known.get(attribute) ?? 1] as const] : []
    }),
  )
}

/** A method comes with its route and a status code with its outcome, so they multiply nothing. */
const knownValues = (catalog: Catalog): ReadonlyMap<string, number> => {
  const { apps, features, journeys, owners } = catalog
  const steps = journeys.flatMap(({ steps: each }) => each)
  return new Map<string, number>([
    [dimensionAttribute, mostCustomers(catalog)],
    [attributes.route, knownOperations(catalog).length],
    [attributes.outcome, outcomes.length],
    [attributes.app, apps.length],
    [attributes.journey, journeys.length],
    [attributes.step, steps.length],
    [attributes.event, journeyEvents.length],
    [attributes.owner, owners.length + 1],
    [attributes.feature, features.length + 1],
  ])
}

/** Operations that the catalog names, each once; every instrument asks for them. */
const knownOperations = (catalog: Catalog): readonly OperationFilter[] => {
  const known = operationsOf.get(catalog) ?? namedOperations(catalog)
  operationsOf.set(catalog, known)
  return known
}

const operationsOf = new WeakMap<Catalog, readonly OperationFilter[]>()

const namedOperations = ({ features, objectives }: Catalog): readonly OperationFilter[] => {
  const all = [
    ...features.flatMap(({ operations }) => operations),
    ...objectives.flatMap(({ indicator }) => indicator.total.operations),
  ].filter(({ method, route }) => method !== undefined && route !== undefined)
  return [...new Map(all.map((each) => [JSON.stringify(each), each] as const)).values()]
}

/** How many series a selector finds at most, in one environment and one instance of each service. */
export const seriesSelected = (
  { values }: SeriesSize,
  matchers: readonly SelectorMatcher[],
): number => {
  let found = 1
  for (const [label, most] of values) {
    const left = matchers
      .filter((matcher) => matcher.label === label)
      .reduce((count, matcher) => narrowed(count, matcher), most)
    found *= Math.max(1, left)
  }
  return found
}

const narrowed = (most: number, { operator, value }: SelectorMatcher): number => {
  const given = operator.endsWith('~') ? value.split('|').length : 1
  return operator.startsWith('!') ? most - given : Math.min(most, given)
}

/** Series that one instance of a service can have at most, if it records every operation for every customer. */
export const seriesOfService = (
  catalog: Catalog,
): readonly {
  readonly service: string
  readonly operations: number
  readonly series: number
}[] => {
  const sizes = seriesSizes(catalog)
  const each = [...sizes.values()]
    .filter(({ name }) => name.startsWith(requests.name) || name.startsWith(requestDuration.name))
    .map(({ values }) => {
      const whole = [...values]
      return whole.reduce(
        (product, [label, most]) => product * (label === labels.route ? 1 : most),
        1,
      )
    })
  const perOperation = each.reduce((sum, next) => sum + next, 0)
  const operations = knownOperations(catalog)
  const services = Map.groupBy(operations, ({ service }) => service)
  return [...services].flatMap(([service, { length }]) =>
    service === undefined ? [] : [{ service, operations: length, series: length * perOperation }],
  )
}
