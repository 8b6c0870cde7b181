import { catalog, feature, type OperationFilter, operation, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { defineDashboards } from '../dashboard-set.ts'
import { type Dashboard, row } from './dashboard.ts'
import { graph } from './graph.ts'

const platform = owner('platform')
const folder = { uid: 'cx', title: 'Customer experience' }

const of = (filters: OperationFilter): Dashboard => {
  const api = graph({ name: 'API', filters })
  const rows = [row('Row', [api.requests(), api.availability()])]
  return { uid: 'one', title: 'One', description: 'For a test', rows }
}

const withOperations = catalog({
  owners: [platform],
  features: [
    feature('documents', {
      owner: platform,
      operations: [
        operation('some-service', 'GET', '/api/documents/:documentId'),
        operation('some-service', 'PUT', '/api/documents/'),
        operation('billing', 'GET', '/api/invoices'),
      ],
    }),
  ],
})

test.for([
  [
    { service: 'some-servce' },
    'graph("API").filters.service: no operation of the catalog\'s features has the service "some-servce". Did you mean "some-service"?',
  ],
  [
    { service: 'some-service', route: '/api/documents/{documentId}' },
    'graph("API").filters.route: no operation of the catalog\'s features has the route "/api/documents/{documentId}" with the service "some-service". Did you mean "/api/documents/:documentId"?',
  ],
  [
    { service: 'some-service', method: 'POST', route: '/api/documents/' },
    'graph("API").filters.method: no operation of the catalog\'s features has the method "POST" with the service "some-service". Did you mean "PUT"?',
  ],
  [{ route: '/api/invoces' }, 'Did you mean "/api/invoices"?'],
] as const)(
  'a graph for requests that the catalog does not know, as %o, is refused',
  ([filters, told]) => {
    const dashboards = [of(filters)]
    const define = () => defineDashboards({ catalog: withOperations, folder, dashboards })
    expect(define).toThrow(told)
    expect(define).toThrow('1 problem in the definition')
  },
)

test.for([
  {},
  { service: 'billing' },
  { method: 'GET' },
  { route: '/api/documents/' },
  { service: 'some-service', method: 'PUT', route: '/api/documents/' },
] as const)('a graph for requests that the catalog knows, as %o, is taken', (filters) => {
  const dashboards = [of(filters)]
  expect(() => defineDashboards({ catalog: withOperations, folder, dashboards })).not.toThrow()
})

test('an operation of several is refused by its place', () => {
  const operations = [
    operation('billing', 'GET', '/api/invoices'),
    operation('billing', 'PUT', '/'),
  ]
  const rows = [row('Row', [graph({ name: 'API', operations }).requests()])]
  expect(() =>
    defineDashboards({ catalog: withOperations, folder, dashboards: [{ ...of({}), rows }] }),
  ).toThrow('graph("API").operations[1].method')
})

test('a catalog that names no operation leaves graphs alone', () => {
  const without = catalog({ owners: [platform], features: [] })
  const dashboards = [of({ service: 'anything' })]
  expect(() => defineDashboards({ catalog: without, folder, dashboards })).not.toThrow()
})
