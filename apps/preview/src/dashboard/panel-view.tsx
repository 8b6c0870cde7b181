import type { FieldConfigSource } from '@grafana/data'
import type { Panel } from '@grafana/schema'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { InspectButton, inspectableClass } from '../inspector/inspect-button.tsx'
import { QueryInspector } from '../inspector/query-inspector.tsx'
import { interpolator } from '../interpolation/interpolate.ts'
import { findPanelPlugin } from '../panels/panel-plugins.ts'
import { useDashboardScope } from './dashboard-scope.ts'
import { PanelBody } from './panel-body.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMarker } from './panel-marker.tsx'
import { panelTimeRange } from './panel-time-range.ts'
import { useElementSize } from './use-element-size.ts'
import { useLegendVisibility } from './use-legend-visibility.ts'
import { usePanelData, type PanelResults } from './use-panel-data.ts'

/** A panel in Grafana's frame. What goes wrong inside stays inside. */
export function PanelView({ panel }: { panel: Panel }) {
  const scope = useDashboardScope()
  const { range } = scope
  const [measure, size] = useElementSize()
  const [isInspected, setInspected] = useState(false)
  const [crash, setCrash] = useState<string>()
  const { replaceInTitle, replaceVariables } = useReplacements()
  const time = useMemo(() => panelTimeRange(panel, range), [panel, range])
  const asked = { ...scope, range: time.range }
  const results = usePanelData(panel, asked, Math.round(size.width), replaceVariables)
  const legend = useLegendVisibility((panel.fieldConfig ?? noFieldConfig) as FieldConfigSource)
  const plugin = findPanelPlugin(panel.type)
  const title = replaceInTitle(panel.title ?? '')
  const isQueried = (panel.targets?.length ?? 0) > 0 && plugin !== undefined
  const isEmpty = isQueried && results.data.series.every(({ length }) => length === 0)
  const state = panelState(results, isEmpty, crash)
  const inspect = () => setInspected(true)

  return (
    <div
      ref={measure}
      data-testid={`panel-${title}`}
      data-state={state}
      data-panel-id={panel.id}
      className={inspectableClass}
      style={{ position: 'relative', width: '100%', height: '100%' }}
      onKeyDown={(event) => isForInspector(event) && inspect()}
    >
      {size.width > 0 && (
        <PanelFrame
          {...{ panel, title, size, results, replaceInTitle }}
          note={time.note}
          onInspect={inspect}
        >
          {(inner) => (
            <PanelBody
              {...{ panel, plugin, title, results, isEmpty, legend, replaceVariables }}
              size={inner}
              onCrash={setCrash}
            />
          )}
        </PanelFrame>
      )}
      <InspectButton title={title} onClick={inspect} />
      <PanelMarker panel={panel} />
      {isInspected && (
        <QueryInspector {...{ title, results }} onClose={() => setInspected(false)} />
      )}
    </div>
  )
}

function panelState(
  { errors, isLoading }: PanelResults,
  isEmpty: boolean,
  crash: string | undefined,
): 'loading' | 'done' | 'error' | 'nodata' {
  if (crash || errors.length > 0) return 'error'
  if (isLoading) return 'loading'
  return isEmpty ? 'nodata' : 'done'
}

/** Variables filled in: as queries need them, and as people read them. */
function useReplacements() {
  const { variables, range } = useDashboardScope()
  return useMemo(
    () => ({
      replaceVariables: interpolator({ variables, range }),
      replaceInTitle: interpolator({ variables, range, defaultFormat: 'text' }),
    }),
    [variables, range],
  )
}

const isForInspector = ({ key, target }: KeyboardEvent): boolean =>
  key === 'i' && !(target instanceof HTMLElement && target.closest('input, textarea'))

const noFieldConfig: FieldConfigSource = { defaults: {}, overrides: [] }
