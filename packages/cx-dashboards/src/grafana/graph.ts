import {
  availability as availabilityOf,
  attributes,
  type Duration,
  durationProblems,
  failedOutcomes,
  type Failures,
  type Operation,
  type OperationFilter,
  operationProblems,
  type Problem,
  shortDuration,
} from 'cx-definition'
import type { Window } from '../promql/expression.ts'
import { type Scope, successes } from '../promql/queries.ts'
import { environmentMatcher } from './environment.ts'
import type { AskedFor } from './known-operations.ts'
import * as numbers from './numbers.ts'
import { note } from './note.ts'
import * as overTime from './over-time.ts'
import type { Panel, PanelContext, PanelSize } from './panel.ts'
import * as tables from './tables.ts'
import { customerMatcher, type VariableValue } from './customer-filter.ts'
import { describeTargets, type LatencyStatistic, type Targets, targetProblems } from './targets.ts'

/** Which requests a graph is about: all, or narrowed down. */
export interface GraphFilters extends OperationFilter {
  /** One value of the catalog's dimension, or `variable('customer')`. */
  readonly customer?: string | VariableValue
}

export interface GraphOptions {
  readonly name: string
  /** Markdown for the note; written from the targets when left out. */
  readonly description?: string
  /** Markdown below the note. */
  readonly footnote?: string
  readonly filters?: GraphFilters
  /** Several operations together, such as a feature's, in place of one service, method and route. */
  readonly operations?: readonly Operation[]
  readonly targets?: Targets
  /** Whose errors count as failures: `server_errors` unless said otherwise. */
  readonly failures?: Failures
  /** What numbers and tables look back over; the dashboard's time range when left out. */
  readonly glance?: Duration
  /** The uid of the dashboard that a click on a customer opens. */
  readonly navigation?: { readonly customer: string }
}

/** A view on some requests, from which panels of every kind are taken. */
export interface Graph {
  note(size?: Partial<PanelSize>): Panel
  availability(size?: Partial<PanelSize>): Panel
  latency(statistic: LatencyStatistic, size?: Partial<PanelSize>): Panel
  requests(size?: Partial<PanelSize>): Panel
  failedRequests(size?: Partial<PanelSize>): Panel
  availabilityOverTime(size?: Partial<PanelSize>): Panel
  latencyOverTime(size?: Partial<PanelSize>): Panel
  requestsOverTime(size?: Partial<PanelSize>): Panel
  requestRateOverTime(size?: Partial<PanelSize>): Panel
  customersHit(size?: Partial<PanelSize>): Panel
  otherCustomers(size?: Partial<PanelSize>): Panel
  impactedCustomers(size?: Partial<PanelSize>): Panel
  endpoints(size?: Partial<PanelSize>): Panel
}

/** What the panels of a graph are made from. */
export interface GraphView extends Required<Pick<GraphOptions, 'failures' | 'name' | 'targets'>> {
  readonly indicator: ReturnType<typeof availabilityOf>
  readonly failed: ReturnType<typeof successes>
  readonly clientErrors: ReturnType<typeof successes>
  readonly succeeded: ReturnType<typeof successes>
  readonly glance: Window
  readonly glanceWords: string
  readonly customerDashboard: string | undefined
  /** Of all requests, where they are of one. */
  readonly service: string | undefined
  covers(operation: Operation): boolean
  scope(context: PanelContext): Scope
}

/** What a dashboard tells about some requests: its methods make the panels, each with its targets drawn in. */
export const graph = (options: GraphOptions): Graph => {
  const { description, footnote, navigation } = options
  const view = graphView(options)
  const problems = graphProblems(options)
  const asksFor = askedFor(options)
  const linksTo = navigation ? [navigation.customer] : []
  const customer = options.filters?.customer
  const reads = typeof customer === 'object' ? [customer.variable] : []
  const text = [
    description ?? describeTargets(view.targets, view.failures),
    ...(footnote ? [`---\n\n${footnote}`] : []),
  ]

  const panel =
    (
      build: (view: GraphView, context: PanelContext) => ReturnType<Panel['build']>,
      width: number,
      height: number,
      links = noLinks,
    ) =>
    (size: Partial<PanelSize> = {}): Panel => ({
      width,
      height,
      ...size,
      problems,
      linksTo: links,
      reads,
      asksFor,
      build: (context) => build(view, context),
    })

  return {
    note: panel(() => note(view.name, text.join('\n\n')), 6, 4),
    availability: panel(numbers.availability, 4, 4),
    latency: (statistic, size) =>
      panel((from, context) => numbers.latency(from, context, statistic), 4, 4)(size),
    requests: panel(numbers.requests, 4, 4),
    failedRequests: panel(numbers.failedRequests, 4, 4),
    availabilityOverTime: panel(overTime.availability, 12, 8),
    latencyOverTime: panel(overTime.latency, 12, 8),
    requestsOverTime: panel(overTime.requests, 12, 8),
    requestRateOverTime: panel(overTime.requestRate, 12, 8),
    customersHit: panel(numbers.customersHit, 4, 4),
    otherCustomers: panel(numbers.otherCustomers, 4, 4),
    impactedCustomers: panel(tables.impactedCustomers, 24, 8, linksTo),
    endpoints: panel(tables.endpoints, 24, 8),
  }
}

const noLinks: readonly string[] = []

const graphView = ({
  failures = 'server_errors',
  filters = {},
  glance,
  name,
  navigation,
  operations = [],
  targets = {},
}: GraphOptions): GraphView => {
  const { customer, ...operation } = filters
  const of = operations.length > 0 ? operations : [operation]
  const indicator = availabilityOf({ of, failures })
  return {
    name,
    targets,
    failures,
    indicator,
    failed: {
      ...indicator.total,
      where: [{ attribute: attributes.outcome, anyOf: failedOutcomes(failures) }],
    },
    clientErrors: {
      ...indicator.total,
      where: [{ attribute: attributes.outcome, anyOf: ['client_error'] }],
    },
    succeeded: successes(of),
    glance: glance ? shortDuration(glance) : '$__range',
    glanceWords: glance ? `the last ${shortDuration(glance)}` : 'the time range',
    customerDashboard: navigation?.customer,
    service: new Set(of.map(({ service }) => service)).size === 1 ? of[0]?.service : undefined,
    covers: (known) => of.some((each) => isCovered(known, each)),
    scope: ({ dimension }) => ({
      dimension,
      matchers: [
        ...(customer === undefined ? [] : [customerMatcher(dimension, customer)]),
        environmentMatcher,
      ],
    }),
  }
}

const isCovered = (operation: Operation, { method, route, service }: OperationFilter): boolean =>
  (service === undefined || service === operation.service) &&
  (method === undefined || method === operation.method) &&
  (route === undefined || route === operation.route)

const pathOf = ({ name }: GraphOptions): string => `graph(${JSON.stringify(name)})`

const askedFor = (options: GraphOptions): AskedFor[] => {
  const path = pathOf(options)
  const { filters = {}, operations = [] } = options
  return operations.length > 0
    ? operations.map((filter, index) => ({ path: `${path}.operations[${index}]`, filter }))
    : [{ path: `${path}.filters`, filter: filters }]
}

const graphProblems = (options: GraphOptions): Problem[] => {
  const { filters = {}, glance, operations = [], targets = {} } = options
  const path = pathOf(options)
  return [
    ...operationProblems(`${path}.filters`, filters),
    ...operations.flatMap((each, index) => operationProblems(`${path}.operations[${index}]`, each)),
    ...targetProblems(`${path}.targets`, targets),
    ...(glance ? glanceProblems(`${path}.glance`, glance) : []),
  ]
}

const glanceProblems = (path: string, glance: Duration): Problem[] => {
  const invalid = durationProblems(path, glance)
  if (invalid.length > 0 || glance.seconds >= 1) return invalid
  const message = `nothing can be looked back over in ${glance.seconds} s`
  return [
    {
      code: 'CX_ERR_DURATION',
      path,
      message,
      remedy: 'Give several scrape intervals, such as minutes(5)',
    },
  ]
}
