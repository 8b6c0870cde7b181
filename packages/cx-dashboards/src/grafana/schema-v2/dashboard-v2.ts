import type * as v1 from '@grafana/grafana-foundation-sdk/dashboard'
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { annotationV2 } from './annotation-v2.ts'
import { elementsAndLayout } from './layout-v2.ts'
import { sameInBoth } from './same-in-both.ts'
import { variableV2 } from './variable-v2.ts'

/**
 * A dashboard of the classic schema in the one of `dashboard.grafana.app/v2`, with the same panels under the same ids.
 * It does what Grafana's own conversion does: apps/dashboard/pkg/migration/conversion in grafana/grafana.
 * @throws Error where it holds something that nothing here makes
 */
export const dashboardV2 = (dashboard: v1.Dashboard): v2.Dashboard => {
  const { description, editable, graphTooltip, liveNow, preload, tags, title } = dashboard
  return {
    title: title ?? '',
    ...(description ? { description } : {}),
    tags: [...(tags ?? [])],
    editable: editable ?? true,
    liveNow: liveNow ?? false,
    preload: preload ?? false,
    cursorSync: cursorSyncs[graphTooltip ?? 0] ?? v2.DashboardCursorSync.Off,
    timeSettings: timeSettings(dashboard),
    links: sameInBoth(dashboard.links ?? []),
    annotations: (dashboard.annotations.list ?? []).map(annotationV2),
    variables: (dashboard.templating.list ?? []).map(variableV2),
    ...elementsAndLayout(dashboard.panels ?? []),
  }
}

// By their numbers in the classic schema.
const cursorSyncs = [
  v2.DashboardCursorSync.Off,
  v2.DashboardCursorSync.Crosshair,
  v2.DashboardCursorSync.Tooltip,
]

const timeSettings = ({
  fiscalYearStartMonth,
  refresh,
  time,
  timepicker,
  timezone,
}: v1.Dashboard): v2.TimeSettingsSpec => {
  const defaults = v2.defaultTimeSettingsSpec()
  return {
    ...defaults,
    ...time,
    timezone: timezone ?? 'browser',
    autoRefresh: refresh ?? '',
    autoRefreshIntervals: timepicker?.refresh_intervals ?? defaults.autoRefreshIntervals,
    hideTimepicker: timepicker?.hidden ?? false,
    fiscalYearStartMonth: fiscalYearStartMonth ?? 0,
  }
}
