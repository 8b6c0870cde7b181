import { useMemo } from 'react'
import { useDashboardScope } from '../dashboard/dashboard-scope.ts'
import type { AnnotationEvent } from './annotation-events.ts'
import { isForPanel } from './annotation-query.ts'

/** The dashboard's annotations that a panel shows; a short one lies over a long one. */
export function useAnnotationsOf(panelId: number): readonly AnnotationEvent[] {
  const { annotations } = useDashboardScope()
  return useMemo(
    () =>
      annotations
        .filter(({ query }) => isForPanel(query, panelId))
        .toSorted((a, b) => lengthOf(b) - lengthOf(a)),
    [annotations, panelId],
  )
}

const lengthOf = ({ from, to }: AnnotationEvent): number => to - from
