import { LoadingState, renderMarkdown, type FieldConfigSource } from '@grafana/data'
import type { Panel } from '@grafana/schema'
import { ErrorBoundary, Menu, PanelChrome } from '@grafana/ui'
import { useMemo, useState } from 'react'
import { panelIdentity } from '../changes/changed-panels.ts'
import { InspectButton, inspectableClass } from '../inspector/inspect-button.tsx'
import { QueryInspector } from '../inspector/query-inspector.tsx'
import { interpolator } from '../interpolation/interpolate.ts'
import { findPanelPlugin } from '../panels/panel-plugins.ts'
import { useDashboardScope } from './dashboard-scope.ts'
import { PanelContent } from './panel-content.tsx'
import { PanelLinks } from './panel-links.tsx'
import { PanelMessage } from './panel-message.tsx'
import { PanelTimeNote } from './panel-time-note.tsx'
import { panelTimeRange } from './panel-time-range.ts'
import { PanelMarker } from './panel-marker.tsx'
import { useElementSize } from './use-element-size.ts'
import { usePanelData } from './use-panel-data.ts'
import { useLegendVisibility } from './use-legend-visibility.ts'

type PanelState = 'loading' | 'done' | 'error' | 'nodata'

/** A panel in Grafana's frame. What goes wrong inside stays inside. */
export function PanelView({ panel }: { panel: Panel }) {
  const scope = useDashboardScope()
  const { variables, range, changes, publishedPanels } = scope
  const [measure, { width, height }] = useElementSize()
  const [isInspected, setInspected] = useState(false)
  const [crash, setCrash] = useState<string>()
  const replaceVariables = useMemo(() => interpolator({ variables, range }), [variables, range])
  const replaceInTitle = useMemo(
    () => interpolator({ variables, range, defaultFormat: 'text' }),
    [variables, range],
  )
  const time = useMemo(() => panelTimeRange(panel, range), [panel, range])
  const results = usePanelData(
    panel,
    { ...scope, range: time.range },
    Math.round(width),
    replaceVariables,
  )
  const legend = useLegendVisibility((panel.fieldConfig ?? noFieldConfig) as FieldConfigSource)

  const plugin = findPanelPlugin(panel.type)
  const title = replaceInTitle(panel.title ?? '')
  const isEmpty = results.data.series.every(({ length }) => length === 0)
  const isQueried = (panel.targets?.length ?? 0) > 0 && plugin !== undefined
  const state: PanelState =
    crash || results.errors.length
      ? 'error'
      : results.isLoading
        ? 'loading'
        : isQueried && isEmpty
          ? 'nodata'
          : 'done'

  const chrome = {
    title,
    width,
    height,
    hoverHeader: !title,
    displayMode: panel.transparent ? 'transparent' : 'default',
    loadingState: results.isLoading ? LoadingState.Loading : LoadingState.Done,
    padding: panel.type === 'table' ? 'none' : 'md',
    description: panel.description
      ? () => renderMarkdown(replaceInTitle(panel.description!))
      : undefined,
    statusMessage: results.errors.length ? results.errors.join('\n') : undefined,
  } as const

  return (
    <div
      ref={measure}
      data-testid={`panel-${title}`}
      data-state={state}
      data-panel-id={panel.id}
      className={inspectableClass}
      style={{ position: 'relative', width: '100%', height: '100%' }}
      onKeyDown={({ key, target }) => {
        const isTyping = target instanceof HTMLElement && target.closest('input, textarea')
        if (key === 'i' && !isTyping) setInspected(true)
      }}
    >
      {width > 0 && (
        <PanelChrome
          {...chrome}
          titleItems={
            <>
              <PanelLinks links={panel.links ?? []} replaceVariables={replaceInTitle} />
              <PanelTimeNote note={time.note} />
            </>
          }
          menu={
            <Menu>
              <Menu.Item
                label="Inspect queries"
                icon="info-circle"
                onClick={() => setInspected(true)}
              />
            </Menu>
          }
        >
          {(innerWidth: number, innerHeight: number) => (
            <ErrorBoundary
              dependencies={[panel, results.data]}
              onError={({ message }) => setCrash(message)}
              onRecover={() => setCrash(undefined)}
            >
              {({ error }) =>
                error ? (
                  <PanelMessage kind="error" text={`This panel failed to draw: ${error.message}`} />
                ) : !plugin ? (
                  <PanelMessage kind="plain" text={`not previewed: ${panel.type}`} />
                ) : (
                  <PanelContent
                    plugin={plugin}
                    panel={panel}
                    title={title}
                    results={results}
                    isEmpty={isQueried && isEmpty}
                    width={innerWidth}
                    height={innerHeight}
                    legend={legend}
                    replaceVariables={replaceVariables}
                  />
                )
              }
            </ErrorBoundary>
          )}
        </PanelChrome>
      )}
      <InspectButton title={title} onClick={() => setInspected(true)} />
      <PanelMarker
        change={changes.size > 0 ? changes.get(panelIdentity(panel)) : undefined}
        published={publishedPanels[panel.title ?? '']}
      />
      {isInspected && (
        <QueryInspector title={title} results={results} onClose={() => setInspected(false)} />
      )}
    </div>
  )
}

const noFieldConfig: FieldConfigSource = { defaults: {}, overrides: [] }
