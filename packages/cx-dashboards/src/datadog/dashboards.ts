import { customerDashboard } from './dashboards/customer-dashboard.ts'
import { featureDashboard } from './dashboards/feature-dashboard.ts'
import { overviewDashboard } from './dashboards/overview-dashboard.ts'
import type { DatadogContext } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { isShown } from './shown-features.ts'

/** The overview, one customer, and each feature of which there is something to show. */
export const datadogDashboards = (context: DatadogContext): readonly DatadogObject[] => {
  const { catalog } = context
  return [
    overviewDashboard(context),
    customerDashboard(context),
    ...catalog.features
      .filter((feature) => isShown(feature, catalog))
      .map((feature) => featureDashboard(feature, context)),
  ]
}
