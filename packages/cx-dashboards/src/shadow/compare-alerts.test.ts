import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adviceFor } from './advice.ts'
import { compareAlerts } from './compare-alerts.ts'
import type { MonitorFiring } from './monitor-firings.ts'
import type { OldAlert } from './old-alerts.ts'
import type { WatchedMonitor } from './watched-monitor.ts'

const at = (text: string): number => Date.parse(text) / 1000
const minute = 60
// Two weeks, from a Monday.
const period = { start: at('2026-11-02T00:00Z'), end: at('2026-11-16T00:00Z') }
const noon = at('2026-11-03T12:00Z')

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
const growth = monitor()

const firing = (
  from: number,
  end: { readonly to?: number } = { to: from + minute },
): MonitorFiring => ({ monitor: growth, group: '', from, ...end })
const alert = (time: number, team = 'growth'): OldAlert => ({ at: time, team, title: `at ${time}` })

const compare = (
  firings: readonly MonitorFiring[],
  alerts: readonly OldAlert[],
  monitors: readonly WatchedMonitor[] = [growth],
) => compareAlerts({ monitors, firings, alerts }, period)

const only = (...given: Parameters<typeof compare>) => {
  const [team, ...others] = compare(...given)
  if (!team || others.length > 0) throw new Error('there is not one team')
  return team
}

test('a firing and the alerts within half an hour of its begin are one thing that both told', () => {
  const alerts = [-31, -30, 10, 30, 31].map((minutes) => alert(noon + minutes * minute))
  const { both, onlyDatadog, onlyOld } = only([firing(noon)], alerts)
  expect(both).toEqual([{ firing: firing(noon), alerts: alerts.slice(1, 4), later: 30 * minute }])
  expect(onlyDatadog).toEqual([])
  expect(onlyOld.map((each) => each.alert)).toEqual([alerts[0], alerts[4]])
})

test('Datadog may be the earlier one', () => {
  const { both } = only([firing(noon)], [alert(noon + 5 * minute)])
  expect(both[0]?.later).toBe(-5 * minute)
})

test('what the old tracker told while a monitor fired for long is told apart, with that monitor', () => {
  const { onlyOld } = only([firing(noon, {})], [alert(noon + 3600), alert(noon - 3600)])
  expect(onlyOld).toEqual([
    { alert: alert(noon + 3600), during: growth },
    { alert: alert(noon - 3600) },
  ])
})

test('one team’s alert is no counterpart of another’s', () => {
  const teams = compare([firing(noon)], [alert(noon, 'platform')])
  expect(
    teams.map(({ onlyDatadog, onlyOld, team }) => [team, onlyDatadog.length, onlyOld.length]),
  ).toEqual([
    ['growth', 1, 0],
    ['platform', 0, 1],
  ])
  expect(adviceFor(teams[1] ?? only([], []))[0]).toContain('No monitor of this set is this team’s.')
})

test('a counterpart just outside the period counts, and nothing else there does', () => {
  const before = period.start - minute
  const inside = only([firing(before)], [alert(period.start)])
  expect(inside).toMatchObject({ both: [], onlyDatadog: [], onlyOld: [] })
  const { both, onlyOld } = only([firing(period.start)], [alert(before), alert(period.end)])
  expect(both).toHaveLength(1)
  expect(onlyOld).toEqual([])
})

test('what came before the first monitor of a team was made is left out', () => {
  const since = noon - 3600
  const young = [monitor({ since }), monitor({ id: '8', since: noon })]
  const team = only([], [alert(since - 1), alert(since)], young)
  expect(team.start).toBe(since)
  expect(team.onlyOld.map((each) => each.alert)).toEqual([alert(since)])
  expect(team.weeks[0]?.start).toBe(since)
  const unborn = only([], [alert(noon)], [monitor({ since: period.end + 1 })])
  expect(unborn).toMatchObject({ start: period.end, onlyOld: [], weeks: [] })
})

test('weeks go from Monday to Monday and lose nothing', () => {
  const moment = fc.integer({ min: period.start, max: period.end - 1 })
  fc.assert(
    fc.property(fc.array(moment), fc.array(moment), (starts, times) => {
      const { both, onlyDatadog, weeks } = only(
        starts.map((from) => firing(from)),
        times.map((time) => alert(time)),
      )
      const sum = (count: (week: (typeof weeks)[number]) => number) =>
        weeks.reduce((all, week) => all + count(week), 0)
      expect(weeks.map(({ end, start }) => end - start)).toEqual([7 * 86_400, 7 * 86_400])
      expect(sum(({ datadog }) => datadog)).toBe(starts.length)
      expect(sum(({ old }) => old)).toBe(times.length)
      expect(sum((week) => week.both)).toBe(both.length)
      expect(both.length + onlyDatadog.length).toBe(starts.length)
    }),
  )
})

test('a week that is cut by the period is told from where it begins', () => {
  const { weeks } = compareAlerts(
    { monitors: [growth], firings: [], alerts: [] },
    { start: noon, end: at('2026-11-09T06:00Z') },
  )[0] ?? { weeks: [] }
  expect(weeks.map(({ end, start }) => [start, end])).toEqual([
    [noon, at('2026-11-09T00:00Z')],
    [at('2026-11-09T00:00Z'), at('2026-11-09T06:00Z')],
  ])
})

test('where both told all in time, nothing is left to look at', () => {
  expect(adviceFor(only([firing(noon)], [alert(noon - 5 * minute)]))).toEqual([])
})

test.for([
  [only([firing(noon)], []), 'Look at the 1 firing that Datadog alone told.'],
  [only([], [alert(noon)]), 'Look at the 1 alert that the old tracker alone told.'],
  [
    only([firing(noon)], [alert(noon - 6 * minute)]),
    'Datadog was later in 1 of 1 that both told, by 6 min at most.',
  ],
  [only([], []), 'Neither told anything'],
  [
    only([], [], [monitor({ isMuted: true })]),
    'Muted, and perhaps silent for that reason: Errors.',
  ],
  [only([], [], [monitor({ since: noon })]), 'Compared over 12 d 12 h only.'],
] as const)('%# is to be looked at', ([team, advice]) => {
  expect(adviceFor(team).join('\n')).toContain(advice)
})
