import { DashboardCursorSync, type DataFrame, type PanelProps } from '@grafana/data'
import { TooltipDisplayMode, type VizTooltipOptions } from '@grafana/schema'
import {
  EventBusPlugin,
  KeyboardPlugin,
  TooltipPlugin2,
  usePanelContext,
  type UPlotConfigBuilder,
} from '@grafana/ui'
import { AnnotationMarks } from '../annotations/annotation-marks.tsx'
import { useAnnotationsOf } from '../annotations/use-annotations-of.ts'
import { TimeSeriesTooltip } from './time-series-tooltip.tsx'

interface GraphPluginsProps {
  readonly config: UPlotConfigBuilder
  /** The series that are drawn, at the same times. */
  readonly aligned: DataFrame
  readonly panelId: number
  readonly timeZone: string
  readonly tooltip: VizTooltipOptions
  readonly onZoom: PanelProps['onChangeTimeRange']
}

// Grafana declares these as a const enum that its types keep to themselves.
const hoverMode = { nearest: 0, all: 1 } as const

/** What a graph has beside its lines: the cursor, by keyboard too, annotations and the tooltip. */
export function GraphPlugins({
  config,
  aligned,
  panelId,
  timeZone,
  tooltip,
  onZoom,
}: GraphPluginsProps) {
  const { sync, eventBus, eventsScope } = usePanelContext()
  const events = useAnnotationsOf(panelId)
  const cursorSync = sync?.() ?? DashboardCursorSync.Off
  return (
    <>
      <KeyboardPlugin config={config} />
      <AnnotationMarks config={config} events={events} timeZone={timeZone} />
      {cursorSync !== DashboardCursorSync.Off && (
        <EventBusPlugin config={config} eventBus={eventBus} frame={aligned} />
      )}
      {tooltip.mode !== TooltipDisplayMode.None && (
        <TooltipPlugin2
          config={config}
          hoverMode={tooltip.mode === TooltipDisplayMode.Single ? hoverMode.nearest : hoverMode.all}
          queryZoom={onZoom}
          clientZoom
          syncMode={cursorSync}
          syncScope={eventsScope}
          getDataLinks={(series, row) =>
            aligned.fields[series]?.getLinks?.({ valueRowIndex: row }) ?? []
          }
          render={(_plot, rows, series, isPinned, _dismiss, _range, isSynced, dataLinks) => (
            <TimeSeriesTooltip
              {...{ rows, series, isPinned, dataLinks }}
              frame={aligned}
              options={isSynced ? { ...tooltip, mode: TooltipDisplayMode.Multi } : tooltip}
            />
          )}
          maxWidth={tooltip.maxWidth}
        />
      )}
    </>
  )
}
