import { type Catalog, possibleBurnRates } from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { variable } from './customer-filter.ts'
import { type Dashboard, row } from './dashboard.ts'
import { graph } from './graph.ts'
import { capitalized } from './house-style.ts'
import { loosestTargets } from './objective-targets.ts'
import { customerObjectives } from './objectives-table.ts'

export interface CustomerDashboardOptions extends Pick<Dashboard, 'uid' | 'zoomOutTo'> {
  readonly catalog: Catalog
  /** Whether there are rules that keep what objectives stand at. */
  readonly objectives: boolean
}

/** How one customer fares, over all services. */
export const customerDashboard = ({
  catalog,
  objectives,
  ...rest
}: CustomerDashboardOptions): Dashboard => {
  const dimension = catalog.dimension.name
  const customer = variable(dimension)
  const api = graph({ name: 'API', filters: { customer } })
  const glance = graph({
    name: 'At a glance',
    filters: { customer },
    targets: loosestTargets(catalog.objectives),
  })
  const promised = catalog.objectives.filter(
    (each) =>
      knowsCustomers(each) && possibleBurnRates(each).some(({ severity }) => severity === 'page'),
  )
  return {
    ...rest,
    kind: 'customer',
    title: `CX ${capitalized(dimension)}`,
    description: `How one ${dimension} fares, over all services.`,
    forOneCustomer: true,
    rows: [
      row('At a glance', [
        glance.availability(),
        glance.failedRequests(),
        glance.requests(),
        glance.latency('average'),
        glance.latency('p95'),
        glance.latency('p99'),
      ]),
      row('Top operations by error rate', [api.endpoints({ height: 7 })]),
      ...(objectives && promised.length > 0
        ? [row('What was promised', [customerObjectives(promised, customer)()])]
        : []),
      row('All APIs', [
        api.requestsOverTime(),
        api.availabilityOverTime(),
        api.latencyOverTime(),
        api.requestRateOverTime(),
      ]),
    ],
  }
}
