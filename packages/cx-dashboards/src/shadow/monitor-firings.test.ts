import { expect, test } from 'vitest'
import type { MonitorEvent } from '../publishers/datadog-events.ts'
import { monitorFirings } from './monitor-firings.ts'
import type { WatchedMonitor } from './watched-monitor.ts'

const monitor = (more: Partial<WatchedMonitor> = {}): WatchedMonitor => ({
  id: '7',
  title: 'Errors',
  team: 'growth',
  severity: 'ticket',
  since: 0,
  isMuted: false,
  tellsNoData: false,
  ...more,
})

/** `OK>Alert` at each hour. */
const events = (group: string, ...turns: readonly string[]): MonitorEvent[] =>
  turns.map((turn, index) => {
    const [before, state = ''] = turn.split('>')
    return { monitor: '7', group, at: index + 1, state, before: before === '' ? undefined : before }
  })

const spans = (of: readonly MonitorEvent[], more: Partial<WatchedMonitor> = {}) =>
  monitorFirings(of, [monitor(more)]).map(({ from, group, to }) => ({ group, from, to }))

test('a firing lasts from its alert to its recovery, and reminders in between are none', () => {
  const told = events('', 'OK>Alert', 'Alert>Alert', 'Alert>Alert', 'Alert>OK', 'OK>Alert')
  expect(spans(told)).toEqual([
    { group: '', from: 1, to: 4 },
    { group: '', from: 5, to: undefined },
  ])
})

test('where events do not say what a monitor came from, they are read one after the other', () => {
  expect(spans(events('', '>Alert', '>Alert', '>OK'))).toEqual([{ group: '', from: 1, to: 3 }])
})

test('what fired already before the time is no firing of it', () => {
  expect(spans(events('', 'Alert>Alert', 'Alert>OK', 'OK>Alert', 'Alert>OK'))).toEqual([
    { group: '', from: 3, to: 4 },
  ])
  expect(spans(events('', 'Alert>OK'))).toEqual([])
})

test('groups of a monitor fire one by one', () => {
  const told = [...events('service:a', 'OK>Alert'), ...events('service:b', 'OK>Alert', 'Alert>OK')]
  expect(spans(told)).toEqual([
    { group: 'service:a', from: 1, to: undefined },
    { group: 'service:b', from: 1, to: 2 },
  ])
})

test('hearing nothing is a firing of a monitor that tells it, and the end of another’s', () => {
  const told = events('', 'OK>No Data', 'No Data>OK', 'OK>Alert', 'Alert>No Data')
  expect(spans(told, { tellsNoData: true })).toEqual([
    { group: '', from: 1, to: 2 },
    { group: '', from: 3, to: undefined },
  ])
  expect(spans(told)).toEqual([{ group: '', from: 3, to: 4 }])
})

test('a warning is not what tells people', () => {
  expect(spans(events('', 'OK>Warn', 'Warn>Alert', 'Alert>Warn', 'Warn>OK'))).toEqual([
    { group: '', from: 2, to: 3 },
  ])
})

test('events of monitors that are not watched are left out', () => {
  expect(monitorFirings(events('', 'OK>Alert'), [monitor({ id: '8' })])).toEqual([])
})
