import { dateTime, makeTimeRange, rangeUtil, type TimeRange } from '@grafana/data'
import { expect, test } from 'vitest'
import { panelTimeRange } from './panel-time-range.ts'

const lastDay = rangeUtil.convertRawToRange({ from: 'now-24h', to: 'now' })
const fixed = makeTimeRange(dateTime(1_000_000), dateTime(2_000_000))
const minutes = ({ from, to }: TimeRange) => Math.round((to.valueOf() - from.valueOf()) / 60_000)

test('A panel with a window of its own ends now and says how long it is.', () => {
  const { range, note } = panelTimeRange({ timeFrom: '1h' }, lastDay)
  expect([minutes(range), range.raw, note]).toEqual([
    60,
    { from: 'now-1h', to: 'now' },
    'Last 1 hour',
  ])
  expect(panelTimeRange({ timeFrom: '5m', hideTimeOverride: true }, lastDay).note).toBe('')
})

test('Two fixed times of the dashboard go before the window of the panel.', () => {
  expect(panelTimeRange({ timeFrom: '1h' }, fixed)).toEqual({ range: fixed, note: '' })
})

test('A shift moves both ends into the past.', () => {
  const { range, note } = panelTimeRange({ timeShift: '10s' }, fixed)
  expect([range.from.valueOf(), range.to.valueOf(), note]).toEqual([
    990_000,
    1_990_000,
    'timeshift -10s',
  ])
})

test('Without either, and with a window nobody understands, the range is that of the dashboard.', () => {
  expect(panelTimeRange({}, lastDay)).toEqual({ range: lastDay, note: '' })
  expect(panelTimeRange({ timeFrom: 'soon' }, lastDay).range).toBe(lastDay)
})
