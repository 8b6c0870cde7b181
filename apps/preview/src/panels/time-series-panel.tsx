import { DashboardCursorSync, FieldColorModeId, type PanelProps } from '@grafana/data'
import {
  SortOrder,
  TooltipDisplayMode,
  type VizLegendOptions,
  type VizTooltipOptions,
} from '@grafana/schema'
import {
  EventBusPlugin,
  KeyboardPlugin,
  TimeSeries,
  TooltipPlugin2,
  usePanelContext,
  type UPlotConfigBuilder,
} from '@grafana/ui'
import type { DataFrame } from '@grafana/data'
import { useMemo } from 'react'
import { AnnotationMarks } from '../annotations/annotation-marks.tsx'
import { useAnnotationsOf } from '../annotations/use-annotations-of.ts'
import { panelPlugin } from '../grafana/panel-plugin.ts'
import { graphDefaults } from './graph-defaults.ts'
import { graphableFrames } from './graphable-frames.ts'
import { TimeSeriesTooltip } from './time-series-tooltip.tsx'

interface TimeSeriesOptions {
  legend: VizLegendOptions
  tooltip: VizTooltipOptions
  timezone?: string[]
}

// Grafana declares these as a const enum that its types keep to themselves.
const hoverMode = { nearest: 0, all: 1 } as const

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
  const { sync, eventBus, eventsScope } = usePanelContext()
  const events = useAnnotationsOf(id)
  const frames = useMemo(() => graphableFrames(data.series), [data.series])
  const timeZones = useMemo(
    () =>
      options.timezone?.length ? options.timezone.map((zone) => zone || timeZone) : [timeZone],
    [options.timezone, timeZone],
  )
  // The graph is built anew when this changes: a click on the legend changes the field configuration only.
  const rebuildOn = useMemo(() => ({ options, fieldConfig }), [options, fieldConfig])
  const cursorSync = sync?.() ?? DashboardCursorSync.Off

  const plugins = (config: UPlotConfigBuilder, aligned: DataFrame) => (
    <>
      <KeyboardPlugin config={config} />
      <AnnotationMarks config={config} events={events} timeZone={timeZone} />
      {cursorSync !== DashboardCursorSync.Off && (
        <EventBusPlugin config={config} eventBus={eventBus} frame={aligned} />
      )}
      {options.tooltip.mode !== TooltipDisplayMode.None && (
        <TooltipPlugin2
          config={config}
          hoverMode={
            options.tooltip.mode === TooltipDisplayMode.Single ? hoverMode.nearest : hoverMode.all
          }
          queryZoom={onChangeTimeRange}
          clientZoom
          syncMode={cursorSync}
          syncScope={eventsScope}
          getDataLinks={(series, row) =>
            aligned.fields[series]?.getLinks?.({ valueRowIndex: row }) ?? []
          }
          render={(_plot, rows, series, isPinned, _dismiss, _range, isSynced, dataLinks) => (
            <TimeSeriesTooltip
              frame={aligned}
              rows={rows}
              series={series}
              isPinned={isPinned}
              options={
                isSynced ? { ...options.tooltip, mode: TooltipDisplayMode.Multi } : options.tooltip
              }
              dataLinks={dataLinks}
            />
          )}
          maxWidth={options.tooltip.maxWidth}
        />
      )}
    </>
  )

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
      {plugins}
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
