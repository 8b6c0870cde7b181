import type { Catalog } from 'cx-definition'
import { type Dashboard, row } from './dashboard.ts'
import { telemetryGraph } from './telemetry-graph.ts'

export interface TelemetryDashboardOptions extends Pick<Dashboard, 'uid' | 'zoomOutTo'> {
  readonly catalog: Catalog
  /** Whether there are rules that keep what objectives stand at. */
  readonly objectives: boolean
}

/** Whether what the other dashboards show can be believed. */
export const telemetryDashboard = ({
  catalog,
  objectives,
  ...rest
}: TelemetryDashboardOptions): Dashboard => {
  const of = telemetryGraph({ catalog })
  return {
    ...rest,
    kind: 'telemetry',
    title: 'CX Telemetry',
    description:
      'Whether the metrics come, how old they are, how many there are, and what is left out.',
    rows: [
      row('Services', [of.services()]),
      row('Over time', [
        of.seriesOverTime(),
        of.customersOverTime(),
        ...(catalog.apps.length > 0 ? [of.refusedOverTime()] : []),
        ...(objectives && catalog.objectives.length > 0 ? [of.ruleAge()] : []),
      ]),
    ],
  }
}
