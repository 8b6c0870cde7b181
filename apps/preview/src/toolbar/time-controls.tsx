import { dateTime, rangeUtil, type RawTimeRange } from '@grafana/data'
import { RefreshPicker, TimeRangePicker } from '@grafana/ui'
import type { DashboardTime } from '../dashboard/use-dashboard-time.ts'

interface TimeControlsProps {
  readonly time: DashboardTime
  readonly onTime: (raw: RawTimeRange) => void
  readonly onRefresh: (interval: string) => void
}

const quickRanges = [
  { from: 'now-5m', to: 'now', display: 'Last 5 minutes' },
  { from: 'now-15m', to: 'now', display: 'Last 15 minutes' },
  { from: 'now-1h', to: 'now', display: 'Last 1 hour' },
  { from: 'now-6h', to: 'now', display: 'Last 6 hours' },
  { from: 'now-24h', to: 'now', display: 'Last 24 hours' },
  { from: 'now-7d', to: 'now', display: 'Last 7 days' },
  { from: 'now-30d', to: 'now', display: 'Last 30 days' },
]
const refreshIntervals = ['5s', '10s', '30s', '1m']

export function TimeControls({
  time: { range, refresh, timeZone, refreshNow, chooseTimeZone },
  onTime,
  onRefresh,
}: TimeControlsProps) {
  const from = range.from.valueOf()
  const to = range.to.valueOf()
  const span = to - from
  const moveTo = (start: number) => onTime({ from: dateTime(start), to: dateTime(start + span) })
  return (
    <>
      <TimeRangePicker
        value={range}
        timeZone={timeZone}
        quickRanges={quickRanges}
        onChange={({ raw }) => onTime(raw)}
        onChangeTimeZone={chooseTimeZone}
        onMoveBackward={() => moveTo(from - span / 2)}
        onMoveForward={() => moveTo(from + span / 2)}
        onZoom={() =>
          onTime({
            from: dateTime(from - span / 2),
            to: dateTime(Math.min(to + span / 2, Date.now())),
          })
        }
        isOnCanvas
      />
      <RefreshPicker
        intervals={refreshIntervals}
        value={isInterval(refresh) ? refresh : ''}
        onRefresh={refreshNow}
        onIntervalChanged={onRefresh}
        isOnCanvas
      />
    </>
  )
}

const isInterval = (text: string) => /^\d/.test(text) && rangeUtil.intervalToMs(text) > 0
