import { FieldColorModeId, type PanelProps } from '@grafana/data'
import {
  SortOrder,
  TooltipDisplayMode,
  type VizLegendOptions,
  type VizTooltipOptions,
} from '@grafana/schema'
import { TimeSeries } from '@grafana/ui'
import { useMemo } from 'react'
import { panelPlugin } from '../grafana/panel-plugin.ts'
import { graphDefaults } from './graph-defaults.ts'
import { graphableFrames } from './graphable-frames.ts'
import { GraphPlugins } from './graph-plugins.tsx'

interface TimeSeriesOptions {
  legend: VizLegendOptions
  tooltip: VizTooltipOptions
  timezone?: string[]
}

function TimeSeriesPanel({
  id,
  data,
  options,
  fieldConfig,
  timeRange,
  timeZone,
  width,
  height,
  onChangeTimeRange,
}: PanelProps<TimeSeriesOptions>) {
  const frames = useMemo(() => graphableFrames(data.series), [data.series])
  const timeZones = useMemo(
    () =>
      options.timezone?.length ? options.timezone.map((zone) => zone || timeZone) : [timeZone],
    [options.timezone, timeZone],
  )
  // The graph is built anew when this changes: a click on the legend changes the field configuration only.
  const rebuildOn = useMemo(() => ({ options, fieldConfig }), [options, fieldConfig])
  return (
    <TimeSeries
      frames={frames}
      // Zero would mean: rebuild at every refresh, which closes an open tooltip.
      structureRev={(data.structureRev ?? 0) + 1}
      timeRange={timeRange}
      timeZone={timeZones}
      width={width}
      height={height}
      legend={options.legend}
      options={rebuildOn}
    >
      {(config, aligned) => (
        <GraphPlugins
          {...{ config, aligned, timeZone }}
          panelId={id}
          tooltip={options.tooltip}
          onZoom={onChangeTimeRange}
        />
      )}
    </TimeSeries>
  )
}

export const timeSeriesPlugin = () =>
  panelPlugin<TimeSeriesOptions>({
    id: 'timeseries',
    component: TimeSeriesPanel,
    color: FieldColorModeId.PaletteClassic,
    custom: graphDefaults,
    notForTime: ['axisLabel'],
    options: {
      'legend.displayMode': 'list',
      'legend.placement': 'bottom',
      'legend.showLegend': true,
      'legend.calcs': [],
      'tooltip.mode': TooltipDisplayMode.Single,
      'tooltip.sort': SortOrder.None,
      timezone: undefined,
    },
  })
