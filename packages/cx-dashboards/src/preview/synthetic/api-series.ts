import {
  type Catalog,
  dimensionAttribute,
  type Feature,
  type Objective,
  type Operation,
  type OperationFilter,
  attributes,
  type Outcome,
  placeholders,
  requestDuration,
  requests,
} from 'cx-definition'
import { labelName, labels } from '../../promql/labels.ts'
import { type Distribution, mostlyWithin } from './distribution.ts'
import { histogramSeries, type SlowSpell } from './histogram-series.ts'
import type { MadeSeries } from './made-series.ts'

/** Who takes part in the invented traffic, with their shares of it. */
export const madeCustomers = ({ dimension }: Catalog): readonly (readonly [string, number])[] => {
  const invented =
    dimension.name === 'customer'
      ? ['contoso', 'fabrikam', 'northwind']
      : [1, 2, 3].map((number) => `${dimension.name.replaceAll('_', '-')}-${number}`)
  const [first = '', second = '', third = ''] = new Set([...dimension.pinned, ...invented])
  return [
    [first, 0.5],
    [second, 0.27],
    [third, 0.18],
    [placeholders.rest, 0.05],
  ]
}

const minute = 60

/** An outage of the first feature two hours ago, one customer's half an hour ago, and another's few errors now. */
export const troubles = {
  outage: { from: 125 * minute, to: 100 * minute, failed: 0.4, slower: 3 },
  ofSecond: { from: 45 * minute, to: 25 * minute, failed: 0.6, slower: 1 },
  ofThird: { from: 8 * minute, to: -30 * minute, failed: 0.06, slower: 1 },
} as const

type Trouble = (typeof troubles)[keyof typeof troubles]

const statusOf: Readonly<Record<Outcome, string>> = {
  success: '200',
  client_error: '404',
  server_error: '500',
}

/** Requests and durations of an operation. */
export const apiSeries = (catalog: Catalog, made: MadeOperation): readonly MadeSeries[] =>
  madeCustomers(catalog).flatMap(([customer, weight], index) =>
    seriesOfCustomer(catalog, made, customer, weight, troublesOf(made, index)),
  )

export interface MadeOperation {
  readonly operation: Operation
  readonly perSecond: number
  readonly usual: Distribution
  readonly failed: number
  readonly isInFirstFeature: boolean
  readonly isFirstOfFeature: boolean
}

/** Those of features, then those that only objectives name; each once. */
export const madeOperations = (catalog: Catalog): readonly MadeOperation[] => {
  const named = [
    ...catalog.features.flatMap((feature) =>
      feature.operations.map((operation) => ({ feature, operation })),
    ),
    ...catalog.objectives
      .filter(({ indicator }) => indicator.total.instrument.labels === undefined)
      .filter(({ indicator }) => indicator.total.instrument.name.startsWith('cx_request'))
      .flatMap(({ feature, indicator }) =>
        indicator.total.operations.map((operation) => ({ feature, operation })),
      ),
  ].map(({ feature, operation }) => ({ feature, operation: whole(operation) }))
  const once = new Map(named.map((each) => [JSON.stringify(each.operation), each]))
  return [...once.values()].map(({ feature, operation }) =>
    madeOperation(catalog, feature, operation),
  )
}

/** With what a filter of operations leaves open. */
export const whole = ({
  method = 'GET',
  route = '/',
  service = 'service',
}: OperationFilter): Operation => ({
  service,
  method,
  route,
})

const madeOperation = (catalog: Catalog, feature: Feature, operation: Operation): MadeOperation => {
  const own = catalog.objectives.filter((objective) => objective.feature === feature)
  const promised = own.filter((objective) => isOn(objective, operation))
  const within = promised.flatMap(({ indicator }) => indicator.good.within?.seconds ?? [])
  const traffic = promised.flatMap(({ indicator, traffic: expected }) =>
    expected ? [expected.perHour / indicator.total.operations.length] : [],
  )
  const target = Math.max(0, ...promised.map((objective) => objective.target.ratio))
  return {
    operation,
    perSecond: Math.min(20, Math.max(...traffic, 0) / 3600 || 0.5),
    usual:
      within.length > 0
        ? mostlyWithin(Math.min(...within))
        : { medianSeconds: operation.method === 'GET' ? 0.04 : 0.15 },
    // Healthy: less than half of the budget is spent.
    failed: target > 0 ? 0.3 * (1 - target) : 0.0005,
    isInFirstFeature: feature === catalog.features[0],
    isFirstOfFeature: JSON.stringify(feature.operations[0]) === JSON.stringify(operation),
  }
}

const isOn = ({ indicator }: Objective, operation: Operation): boolean =>
  indicator.total.operations.some(
    (other) => JSON.stringify(whole(other)) === JSON.stringify(operation),
  )

const troublesOf = (
  { isFirstOfFeature, isInFirstFeature }: MadeOperation,
  customer: number,
): readonly Trouble[] => [
  ...(isInFirstFeature ? [troubles.outage] : []),
  ...(isFirstOfFeature && customer === 1 ? [troubles.ofSecond] : []),
  ...(isFirstOfFeature && customer === 2 ? [troubles.ofThird] : []),
]

const seriesOfCustomer = (
  catalog: Catalog,
  { failed, operation, perSecond, usual }: MadeOperation,
  customer: string,
  weight: number,
  hit: readonly Trouble[],
): readonly MadeSeries[] => {
  const { method = '', route = '', service } = operation
  const place = {
    ...instanceOf(service),
    [labelName(dimensionAttribute, catalog.dimension.name)]: customer,
    [labels.method]: method,
    [labels.route]: route,
  }
  const usualShares = { success: 1 - failed - 0.004, client_error: 0.004, server_error: failed }
  return (['success', 'client_error', 'server_error'] as const).flatMap((outcome) => {
    const spells = hit.map((trouble): SlowSpell => ({
      from: trouble.from,
      to: trouble.to,
      share: shareIn(trouble, outcome),
      slower: trouble.slower,
    }))
    const base = {
      perSecond: perSecond * weight,
      share: usualShares[outcome],
      flow: `${service} ${method} ${route}`,
    }
    const withOutcome = { ...place, [labels.outcome]: outcome }
    return [
      {
        ...base,
        spells,
        name: requests.name,
        kind: 'counter' as const,
        isWhole: true,
        labels: { ...withOutcome, [labelName(attributes.statusCode, '')]: statusOf[outcome] },
      },
      ...histogramSeries(
        { ...base, name: requestDuration.name, labels: withOutcome },
        catalog.durationBounds,
        usual,
        spells,
      ),
    ]
  })
}

const shareIn = ({ failed }: Trouble, outcome: Outcome): number =>
  ({ success: 1 - failed - 0.004, client_error: 0.004, server_error: failed })[outcome]

/** What a scrape adds, and the resource. The environment is put in for all series at once. */
export const instanceOf = (service: string): Readonly<Record<string, string>> => ({
  job: service,
  instance: `${service}-1`,
  [labels.service]: service,
})
