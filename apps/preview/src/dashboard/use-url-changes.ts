import { dateTime, type AbsoluteTimeRange, type RawTimeRange } from '@grafana/data'
import { useCallback } from 'react'
import { navigate } from '../navigation.ts'
import { changeDashboardUrl, rawTimeToUrl, type DashboardUrl } from './dashboard-url.ts'

export interface UrlChanges {
  readonly change: (part: Partial<DashboardUrl>, how?: 'push' | 'replace') => void
  readonly setTime: (raw: RawTimeRange) => void
  readonly zoomTo: (range: AbsoluteTimeRange) => void
}

/** What is chosen on a dashboard goes into its address, and comes from there. */
export function useUrlChanges(): UrlChanges {
  const change = useCallback(
    (part: Partial<DashboardUrl>, how: 'push' | 'replace' = 'push') =>
      navigate(window.location.pathname + changeDashboardUrl(window.location.search, part), how),
    [],
  )
  const setTime = useCallback((raw: RawTimeRange) => change(rawTimeToUrl(raw)), [change])
  const zoomTo = useCallback(
    ({ from, to }: AbsoluteTimeRange) => setTime({ from: dateTime(from), to: dateTime(to) }),
    [setTime],
  )
  return { change, setTime, zoomTo }
}
