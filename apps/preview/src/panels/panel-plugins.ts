import type { PanelPlugin } from '@grafana/data'
import { barGaugePlugin } from './bar-gauge-panel.tsx'
import { gaugePlugin } from './gauge-panel.tsx'
import { statPlugin } from './stat-panel.tsx'
import { stateTimelinePlugin } from './state-timeline-panel.tsx'
import { tablePlugin } from './table-panel.tsx'
import { textPlugin } from './text-panel.tsx'
import { timeSeriesPlugin } from './time-series-panel.tsx'

// Made on demand, since a plugin reads Grafana's registries, which are filled at the app's start.
const makers: Readonly<Record<string, () => PanelPlugin>> = {
  bargauge: barGaugePlugin,
  gauge: gaugePlugin,
  stat: statPlugin,
  'state-timeline': stateTimelinePlugin,
  table: tablePlugin,
  text: textPlugin,
  timeseries: timeSeriesPlugin,
}
const made = new Map<string, PanelPlugin>()

export function findPanelPlugin(type: string): PanelPlugin | undefined {
  const plugin = made.get(type) ?? makers[type]?.()
  if (plugin) made.set(type, plugin)
  return plugin
}
