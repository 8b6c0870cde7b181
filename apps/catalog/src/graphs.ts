import { graph, type GraphFilters, type Panel, variable } from 'cx-dashboards'
import { milliseconds, percent } from 'cx-definition'
import { readDocument, writeDocument } from './features.ts'

/** The sample's views, for all customers or for the one that the dashboard's variable names. */
const graphsOf = (filters: Pick<GraphFilters, 'customer'>) => ({
  glance: graph({
    name: 'At a glance',
    description: 'A client’s mistake counts here as well: a place to look, not a promise.',
    filters: { ...filters, service: 'some-service' },
    failures: 'all_errors',
    targets: {
      availability: percent(100),
      latency: { average: milliseconds(300), p95: milliseconds(500) },
    },
    navigation: { customer: 'documents-api-customer' },
  }),
  all: graph({
    name: 'All APIs',
    filters: { ...filters, service: 'some-service' },
    targets: { availability: percent(99), latency: { p99: milliseconds(500) } },
  }),
  read: graph({
    name: 'Read a document',
    footnote: '`GET /api/documents/{documentId}`',
    filters: { ...filters, ...readDocument },
    targets: {
      availability: percent(99),
      latency: { average: milliseconds(100), p99: milliseconds(200) },
    },
  }),
  write: graph({
    name: 'Store a document',
    footnote: '`PUT /api/documents/`',
    filters: { ...filters, ...writeDocument },
    targets: {
      availability: percent(99),
      latency: { average: milliseconds(400), p99: milliseconds(600) },
    },
  }),
})

export const allCustomers = graphsOf({})
export const oneCustomer = graphsOf({ customer: variable('customer') })

type Graphs = ReturnType<typeof graphsOf>

export const atAGlance = ({ glance }: Graphs): Panel[] => [
  glance.note({ width: 4 }),
  glance.availability(),
  glance.failedRequests(),
  glance.requests(),
  glance.latency('average'),
  glance.latency('p95'),
]

export const everything = ({ all }: Graphs): Panel[] => [
  all.availabilityOverTime(),
  all.latencyOverTime(),
  all.requestsOverTime(),
  all.requestRateOverTime(),
]

export const operation = (of: Graphs['read']): Panel[] => [
  of.note({ height: 8 }),
  of.availability({ width: 3, height: 8 }),
  of.latency('p99', { width: 3, height: 8 }),
  of.availabilityOverTime({ width: 6 }),
  of.latencyOverTime({ width: 6 }),
]
