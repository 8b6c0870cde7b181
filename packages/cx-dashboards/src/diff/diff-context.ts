import type { Objective } from 'cx-definition'
import type { RouteTest } from '../alertmanager/route-tests.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { routesAskedFor } from '../plan/alertmanager-plan.ts'
import { mostCustomers } from '../promql/raw-series.ts'

/** What the catalog knows and what is live does not say. */
export interface DiffContext {
  readonly objectives: readonly Objective[]
  readonly alerts: readonly Pick<RouteTest, 'labels' | 'title'>[]
  /** How many customers a series of each may be recorded for. */
  readonly customers: number
}

export const diffContext = (set: DashboardSet): DiffContext => ({
  objectives: set.catalog.objectives,
  alerts: routesAskedFor(set),
  customers: mostCustomers(set.catalog),
})
