export type { Alerting } from './alerting.ts'
export { contact, type Contact } from './alertmanager/contact.ts'
export { pagerDuty, type Receiver, slack, webhook } from './alertmanager/receiver.ts'
export type { Artifact } from './artifact.ts'
export { buildArtifacts, buildDashboards } from './build.ts'
export { type DashboardSet, defineDashboards } from './dashboard-set.ts'
export { datadogContact, type DatadogContact } from './datadog/contact.ts'
export type { Datadog, DatadogMonitors } from './datadog/datadog.ts'
export { type Dashboard, row, type Row } from './grafana/dashboard.ts'
export { featureDashboard, type FeatureDashboardOptions } from './grafana/feature-dashboard.ts'
export { catalogDashboards, type CatalogDashboardsOptions } from './grafana/catalog-dashboards.ts'
export { customerDashboard, type CustomerDashboardOptions } from './grafana/customer-dashboard.ts'
export { variable } from './grafana/customer-filter.ts'
export { graph, type Graph, type GraphFilters, type GraphOptions } from './grafana/graph.ts'
export { jobGraph, type JobGraph } from './grafana/job-graph.ts'
export {
  journeyGraph,
  type JourneyGraph,
  type JourneyGraphOptions,
  type JourneyTargets,
} from './grafana/journey-graph.ts'
export {
  objectiveDashboard,
  type ObjectiveDashboardOptions,
} from './grafana/objective-dashboard.ts'
export {
  objectiveGraph,
  type ObjectiveGraph,
  type ObjectiveGraphOptions,
} from './grafana/objective-graph.ts'
export { customerObjectives, objectivesTable } from './grafana/objectives-table.ts'
export { overviewDashboard, type OverviewDashboardOptions } from './grafana/overview-dashboard.ts'
export { type OwnPanelOptions, panel, type PanelBuilder } from './grafana/own-panel.ts'
export type { Panel, PanelSize, SizedPanel } from './grafana/panel.ts'
export { serviceDashboard, type ServiceDashboardOptions } from './grafana/service-dashboard.ts'
export type { Targets } from './grafana/targets.ts'
export {
  telemetryDashboard,
  type TelemetryDashboardOptions,
} from './grafana/telemetry-dashboard.ts'
export { telemetryGraph, type TelemetryGraph } from './grafana/telemetry-graph.ts'
export {
  webAppGraph,
  type WebAppGraph,
  type WebAppGraphOptions,
  type WebAppTargets,
} from './grafana/web-app-graph.ts'
export type { Finding, FindingSeverity } from './check/finding.ts'
export type { LintExclusion } from './lint/exclusions.ts'
export { lintDashboards } from './lint-dashboards.ts'
export type { LintPlace } from './lint/rule.ts'
