import {
  EventBusSrv,
  type AbsoluteTimeRange,
  type DashboardCursorSync,
  type EventBus,
  type TimeRange,
} from '@grafana/data'
import { createContext, useContext } from 'react'
import type { AnnotationEvent } from '../annotations/annotation-events.ts'
import type { PanelChange, PanelChanges } from '../changes/changed-panels.ts'
import type { VariableValue } from '../interpolation/variable-value.ts'

/** What every panel of a dashboard shares. */
export interface DashboardScope {
  readonly variables: readonly VariableValue[]
  readonly range: TimeRange
  readonly timeZone: string
  readonly scrapeIntervalSeconds: number
  readonly annotations: readonly AnnotationEvent[]
  /** What the last save changed. */
  readonly changes: PanelChanges
  /** What differs from the published, by the panels' titles in the JSON. */
  readonly publishedPanels: Readonly<Record<string, PanelChange>>
  readonly eventBus: EventBus
  readonly cursorSync: DashboardCursorSync
  /** A part of a graph was marked: the dashboard zooms there. */
  readonly zoomTo: (range: AbsoluteTimeRange) => void
}

const ScopeContext = createContext<DashboardScope | undefined>(undefined)
export const DashboardScopeProvider = ScopeContext.Provider

export function useDashboardScope(): DashboardScope {
  const scope = useContext(ScopeContext)
  if (!scope) throw new Error('A panel stands outside of a dashboard.')
  return scope
}

export const newEventBus = (): EventBus => new EventBusSrv()
