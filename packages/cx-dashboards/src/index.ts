export type { Alerting } from './alerting.ts'
export { contact, type Contact } from './alertmanager/contact.ts'
export { pagerDuty, type Receiver, slack, webhook } from './alertmanager/receiver.ts'
export type { Artifact } from './artifact.ts'
export { buildArtifacts, buildDashboards, type DashboardSet, defineDashboards } from './build.ts'
export { type Dashboard, row, type Row } from './grafana/dashboard.ts'
export { featureDashboard, type FeatureDashboardOptions } from './grafana/feature-dashboard.ts'
export {
  graph,
  type Graph,
  type GraphFilters,
  type GraphOptions,
  variable,
} from './grafana/graph.ts'
export {
  journeyGraph,
  type JourneyGraph,
  type JourneyGraphOptions,
  type JourneyTargets,
} from './grafana/journey-graph.ts'
export { objectiveNumber } from './grafana/objective-number.ts'
export type { Panel, PanelSize, SizedPanel } from './grafana/panel.ts'
export type { Targets } from './grafana/targets.ts'
export {
  webAppGraph,
  type WebAppGraph,
  type WebAppGraphOptions,
  type WebAppTargets,
} from './grafana/web-app-graph.ts'
