import type { Catalog, Feature } from 'cx-definition'
import { customerDashboard } from './customer-dashboard.ts'
import type { Dashboard } from './dashboard.ts'
import { dashboardUid } from './dashboard-uid.ts'
import { featureDashboard } from './feature-dashboard.ts'
import { objectiveDashboard } from './objective-dashboard.ts'
import { overviewDashboard } from './overview-dashboard.ts'
import { serviceDashboard } from './service-dashboard.ts'
import { telemetryDashboard } from './telemetry-dashboard.ts'

export interface CatalogDashboardsOptions {
  readonly catalog: Catalog
  /**
   * Whether objectives are shown by what recording rules keep, which needs `alerting` in the set of dashboards.
   * Without them there is no dashboard of an objective. Default: true.
   */
  readonly objectives?: boolean
}

/**
 * Every dashboard of a catalog without a line of layout: an overview, one customer, each feature, service and objective, and the
 * telemetry itself. Each leads to the others, with time and variables kept.
 */
export const catalogDashboards = ({
  catalog,
  objectives = true,
}: CatalogDashboardsOptions): readonly Dashboard[] => {
  const customer = 'cx-customer'
  const zoomOutTo = 'cx-overview'
  const telemetry = 'cx-telemetry'
  const common = { catalog, objectives, zoomOutTo }
  return [
    overviewDashboard({ catalog, customer, objectives, uid: zoomOutTo, leadsTo: [telemetry] }),
    customerDashboard({ ...common, uid: customer }),
    ...catalog.features
      .filter((feature) => isTold(feature, catalog))
      .map((feature) =>
        featureDashboard({ ...common, feature, uid: dashboardUid('feature', feature.name) }),
      ),
    ...catalog.services.map((service) => serviceDashboard({ ...common, service, customer })),
    ...(objectives
      ? catalog.objectives.map((objective) =>
          objectiveDashboard({
            objective,
            customer,
            zoomOutTo: dashboardUid('feature', objective.feature.name),
          }),
        )
      : []),
    telemetryDashboard({ ...common, uid: telemetry }),
  ]
}

/** Every feature may have errors in browsers; where there are none, some would have nothing to show. */
const isTold = (feature: Feature, { apps, journeys, objectives }: Catalog): boolean =>
  apps.length > 0 ||
  feature.operations.length > 0 ||
  [...journeys, ...objectives].some((each) => each.feature === feature)
