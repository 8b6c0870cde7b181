export type { Artifact } from './artifact.ts'
export { buildArtifacts, buildDashboards, type DashboardSet, defineDashboards } from './build.ts'
export { type Dashboard, row, type Row } from './grafana/dashboard.ts'
export {
  graph,
  type Graph,
  type GraphFilters,
  type GraphOptions,
  variable,
} from './grafana/graph.ts'
export type { Panel, PanelSize } from './grafana/panel.ts'
export type { Targets } from './grafana/targets.ts'
