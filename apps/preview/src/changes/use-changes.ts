import type { Dashboard } from '@grafana/schema'
import { useEffect, useRef, useState } from 'react'
import { changedPanels, type PanelChanges } from './changed-panels.ts'

const shownMilliseconds = 20_000
const none: PanelChanges = new Map()

/** What the last save changed, for a while. */
export function useChanges(dashboard: Dashboard): PanelChanges {
  const before = useRef(dashboard)
  const [changes, setChanges] = useState<PanelChanges>(none)
  useEffect(() => {
    const found = changedPanels(before.current, dashboard)
    before.current = dashboard
    // A rebuild that changed another dashboard leaves the marks of this one.
    if (found.size > 0) setChanges(found)
  }, [dashboard])
  useEffect(() => {
    if (changes.size === 0) return
    const timer = setTimeout(() => setChanges(none), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [changes])
  return changes
}
