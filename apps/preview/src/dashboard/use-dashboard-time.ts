import { rangeUtil, type RawTimeRange, type TimeRange } from '@grafana/data'
import type { Dashboard } from '@grafana/schema'
import { useEffect, useMemo, useState } from 'react'
import { isRelative, parseRawTime, type DashboardUrl } from './dashboard-url.ts'

export interface DashboardTime {
  readonly raw: RawTimeRange
  /** The raw range at this moment; a refresh moves it. */
  readonly range: TimeRange
  /** "5s", or empty for off. */
  readonly refresh: string
  readonly timeZone: string
  readonly refreshNow: () => void
  readonly chooseTimeZone: (zone: string) => void
}

export function useDashboardTime(
  { time, refresh: ownRefresh, timezone }: Dashboard,
  url: DashboardUrl,
): DashboardTime {
  const [tick, setTick] = useState(0)
  const refreshNow = useMemo(() => () => setTick((count) => count + 1), [])
  const from = url.from ?? time?.from ?? 'now-6h'
  const to = url.to ?? time?.to ?? 'now'
  const [chosenZone, chooseTimeZone] = useState<string>()
  const timeZone = chosenZone ?? (timezone || 'browser')
  const raw = useMemo(() => parseRawTime({ from, to }), [from, to])
  // The tick is in the list, since "now" moves with it.
  const range = useMemo(() => rangeUtil.convertRawToRange(raw, timeZone), [raw, timeZone, tick])

  const refresh = url.refresh ?? (ownRefresh || '')
  useEffect(() => {
    if (!isRelative(raw) || !/^\d+[smhd]$/.test(refresh)) return
    const timer = setInterval(
      () => document.visibilityState === 'visible' && refreshNow(),
      rangeUtil.intervalToMs(refresh),
    )
    return () => clearInterval(timer)
  }, [refresh, raw, refreshNow])

  return { raw, range, refresh, timeZone, refreshNow, chooseTimeZone }
}
