import type { Manifest } from '@grafana/grafana-foundation-sdk/resource'
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import type { Artifact } from './artifact.ts'
import { buildDashboards } from './build.ts'
import type { DashboardSet } from './dashboard-set.ts'
import { dashboardV2 } from './grafana/schema-v2/dashboard-v2.ts'

/** The dashboards as resources of Grafana's API, which takes each as it is. */
export const resourceArtifacts = (set: DashboardSet): readonly Artifact[] =>
  buildDashboards(set).map(({ json, uid }) => ({
    path: `grafana/${uid}.json`,
    content: `${JSON.stringify(resource(uid, set, dashboardV2(json)), undefined, 2)}\n`,
  }))

const resource = (name: string, { folder }: DashboardSet, spec: v2.Dashboard): Manifest => ({
  apiVersion: v2.DashboardAPIVersion,
  kind: v2.DashboardKind,
  metadata: { name, annotations: { 'grafana.app/folder': folder.uid } },
  spec,
})
