import {
  cacheFieldDisplayNames,
  getPanelOptionsWithDefaults,
  useFieldOverrides,
  type FieldConfigSource,
  type InterpolateFunction,
  type PanelPlugin,
} from '@grafana/data'
import type { Panel } from '@grafana/schema'
import { PanelContextProvider, useTheme2, type PanelContext } from '@grafana/ui'
import { useMemo } from 'react'
import { useDashboardScope } from './dashboard-scope.ts'
import { PanelMessage } from './panel-message.tsx'
import type { LegendVisibility } from './use-legend-visibility.ts'
import type { PanelResults } from './use-panel-data.ts'

export interface PanelContentProps {
  readonly plugin: PanelPlugin
  readonly panel: Panel
  readonly title: string
  readonly results: PanelResults
  readonly isEmpty: boolean
  readonly width: number
  readonly height: number
  readonly legend: LegendVisibility
  readonly replaceVariables: InterpolateFunction
}

/** Applies Grafana's defaults and overrides, then draws. */
export function PanelContent({
  plugin,
  panel,
  title,
  results,
  isEmpty,
  width,
  height,
  legend,
  replaceVariables,
}: PanelContentProps) {
  const { timeZone, eventBus, cursorSync, zoomTo } = useDashboardScope()
  const theme = useTheme2()
  const { options, fieldConfig } = useMemo(
    // A copy, since Grafana's code writes into what it gets.
    () =>
      getPanelOptionsWithDefaults({
        plugin,
        currentOptions: panel.options ?? {},
        currentFieldConfig: structuredClone(legend.fieldConfig),
        isAfterPluginChange: false,
      }),
    [plugin, panel.options, legend.fieldConfig],
  )
  const data = useFieldOverrides(
    plugin,
    fieldConfig,
    results.data,
    timeZone,
    theme,
    replaceVariables,
  )
  // The table reads names from this cache only: without it, renamed columns keep their old headers.
  useMemo(() => data && cacheFieldDisplayNames(data.series), [data])
  const context = useMemo<PanelContext>(
    () => ({
      eventBus,
      eventsScope: 'dashboard',
      sync: () => cursorSync,
      onToggleSeriesVisibility: legend.onToggle,
    }),
    [eventBus, cursorSync, legend.onToggle],
  )

  if (!data || !plugin.panel) return null
  if (isEmpty && results.errors.length)
    return <PanelMessage kind="error" text={results.errors.join('\n')} />
  if (isEmpty && results.isLoading && results.data.series.length === 0) return null
  if (isEmpty && panel.type !== 'stat')
    return <PanelMessage kind="plain" text={noValue(fieldConfig) ?? 'No data'} />

  const Component = plugin.panel
  return (
    <PanelContextProvider value={context}>
      <Component
        id={panel.id ?? 0}
        data={data}
        timeRange={results.data.timeRange}
        timeZone={timeZone}
        options={options}
        fieldConfig={fieldConfig}
        transparent={panel.transparent ?? false}
        width={width}
        height={height}
        renderCounter={0}
        title={title}
        eventBus={eventBus}
        replaceVariables={replaceVariables}
        onChangeTimeRange={zoomTo}
        onOptionsChange={nothing}
        onFieldConfigChange={nothing}
      />
    </PanelContextProvider>
  )
}

const noValue = ({ defaults }: FieldConfigSource) => defaults.noValue
const nothing = () => undefined
