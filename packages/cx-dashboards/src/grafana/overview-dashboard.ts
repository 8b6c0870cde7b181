import type { Catalog } from 'cx-definition'
import { type Dashboard, row, type Row } from './dashboard.ts'
import { firingAlerts } from './firing-alerts.ts'
import { graph } from './graph.ts'
import { loosestTargets } from './objective-targets.ts'
import { objectivesTable } from './objectives-table.ts'
import { webAppGraph } from './web-app-graph.ts'

export interface OverviewDashboardOptions extends Pick<Dashboard, 'leadsTo' | 'uid'> {
  readonly catalog: Catalog
  /** The uid of the dashboard that a click on a customer opens. */
  readonly customer: string
  /** Whether there are rules that keep what objectives stand at. */
  readonly objectives: boolean
}

/** Everything at a glance, the worst first: objectives, customers, operations, web apps. As long for two thousand services as for one. */
export const overviewDashboard = ({
  catalog,
  customer,
  leadsTo = [],
  objectives,
  uid,
}: OverviewDashboardOptions): Dashboard => {
  const api = graph({ name: 'API' })
  const customers = graph({
    name: 'Customers',
    navigation: { customer },
    targets: loosestTargets(catalog.objectives),
  })
  return {
    uid,
    kind: 'overview',
    title: 'CX Overview',
    description:
      'How customers fare, the worst first: objectives, customers, operations, web apps.',
    leadsTo,
    sessionsOf: catalog.apps,
    rows: [
      ...(objectives && catalog.objectives.length > 0
        ? [
            row('Objectives and alerts', [
              objectivesTable()({ height: tableHeight(catalog.objectives.length) }),
              firingAlerts(catalog.apps)(),
            ]),
          ]
        : []),
      row('Impacted customers', [
        customers.availability({ width: 5 }),
        customers.customersHit({ width: 5 }),
        customers.failedRequests({ width: 5 }),
        customers.requests({ width: 5 }),
        customers.otherCustomers({ width: 4 }),
        customers.impactedCustomers({ height: 6 }),
      ]),
      row('All APIs', [
        api.requestsOverTime(),
        api.availabilityOverTime(),
        api.latencyOverTime(),
        api.requestRateOverTime(),
        api.endpoints({ height: 8 }),
      ]),
      ...(catalog.apps.length > 0 ? [webRow(catalog)] : []),
    ],
  }
}

/** A head, and a row each, until it scrolls. */
const tableHeight = (rows: number): number => Math.min(12, 3 + rows)

const webRow = ({ apps }: Catalog): Row => {
  const web = webAppGraph({ apps })
  return row('Web apps', [
    web.sessions({ width: 4 }),
    web.errors({ width: 4 }),
    web.sessionsHit({ width: 4 }),
    web.errorsByOwner({ width: 12, height: 8 }),
    web.sessionsHitOverTime({ width: 12 }),
    web.sessionsOverTime({ width: 12 }),
  ])
}
