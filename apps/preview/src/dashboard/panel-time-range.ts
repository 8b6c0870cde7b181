import { dateMath, dateTime, isDateTime, rangeUtil, type TimeRange } from '@grafana/data'
import type { Panel } from '@grafana/schema'

export interface PanelTimeRange {
  readonly range: TimeRange
  /** Shown in the panel's header, since the dashboard's picker says something else. */
  readonly note: string
}

type Overrides = Pick<Panel, 'timeFrom' | 'timeShift' | 'hideTimeOverride'>

/** A panel may look at a window of its own: `timeFrom` sets its length, `timeShift` moves it into the past. */
export function panelTimeRange(
  { timeFrom, timeShift, hideTimeOverride }: Overrides,
  dashboardRange: TimeRange,
): PanelTimeRange {
  const own = timeFrom ? ownWindow(timeFrom, dashboardRange) : undefined
  const range = shifted(own?.range ?? dashboardRange, timeShift)
  const notes = [own?.note, timeShift && `timeshift -${timeShift}`]
  return { range, note: hideTimeOverride ? '' : notes.filter(Boolean).join(' ') }
}

function ownWindow(timeFrom: string, { raw }: TimeRange): PanelTimeRange | undefined {
  const described = rangeUtil.describeTextRange(timeFrom)
  // As in Grafana, someone who picks two fixed times sees those times in every panel.
  if (described.invalid || isDateTime(raw.from)) return undefined
  const own = { from: described.from, to: described.to }
  return { range: rangeUtil.convertRawToRange(own), note: described.display }
}

function shifted(range: TimeRange, timeShift: string | undefined): TimeRange {
  const from = timeShift && dateMath.parseDateMath(`-${timeShift}`, dateTime(range.from), false)
  const to = timeShift && dateMath.parseDateMath(`-${timeShift}`, dateTime(range.to), true)
  return from && to ? { from, to, raw: { from, to } } : range
}
