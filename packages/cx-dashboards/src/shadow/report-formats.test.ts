import { expect, test } from 'vitest'
import { compareAlerts } from './compare-alerts.ts'
import type { OldAlert } from './old-alerts.ts'
import { jsonReport, markdownReport, textReport } from './report-formats.ts'
import type { WatchedMonitor } from './watched-monitor.ts'

const at = (text: string): number => Date.parse(text) / 1000
const period = { start: at('2026-11-02T00:00Z'), end: at('2026-11-16T00:00Z') }

const monitor = (team: string): WatchedMonitor => ({
  id: team,
  title: `Errors of ${team}`,
  team,
  severity: 'ticket',
  since: 0,
  isMuted: false,
  tellsNoData: false,
})
const monitors = [monitor('growth'), monitor('platform')]
const [growth, platform] = monitors as [WatchedMonitor, WatchedMonitor]

const report = (title: string, alone: readonly OldAlert[] = []) => ({
  set: 'cx',
  file: 'sentry.csv',
  ...period,
  outside: 2,
  teams: compareAlerts(
    {
      monitors,
      firings: [
        {
          monitor: growth,
          group: 'service:web',
          from: at('2026-11-03T10:07Z'),
          to: at('2026-11-03T11:10Z'),
        },
        { monitor: platform, group: '', from: at('2026-11-04T08:00Z') },
      ],
      alerts: [
        { at: at('2026-11-03T09:55Z'), team: 'growth', title, url: 'https://sentry.example/1' },
        { at: at('2026-11-03T10:01:30.5Z'), team: 'growth', title: 'again' },
        ...alone,
        { at: at('2026-11-04T07:59Z'), team: 'platform', title: 'B' },
      ],
    },
    period,
  ),
})

test('text tells each team what both told and who alone, by week, and what to look at', () => {
  const alone = { at: at('2026-11-10T10:00:00.7Z'), team: 'growth', title: 'Alone' }
  expect(textReport(report('A', [alone]))).toBe(
    `Monitors of the set cx in Datadog, and the alerts of sentry.csv
over 2026-11-02 00:00 to 2026-11-16 00:00 UTC. Both told it: a monitor began to fire within 30 min of an alert for the same team.
2 alerts of the file lie outside that time.

growth, 1 monitor
  Week from   Datadog  old tracker  both
  2026-11-02        1            2     1
  2026-11-09        0            1     0
  Told by both
    2026-11-03 10:07 Errors of growth (ticket, service:web), for 1 h 3 min; the old tracker 12 min earlier, 2 times: A https://sentry.example/1
  By the old tracker alone
    2026-11-10 10:00 Alone
  Before you switch
    Look at the 1 alert that the old tracker alone told. Where customers were hit, a monitor is missing or too deaf; where not, nothing is lost without.
    Datadog was later in 1 of 1 that both told, by 12 min at most. Would that have mattered?

platform, 1 monitor
  Week from   Datadog  old tracker  both
  2026-11-02        1            1     1
  2026-11-09        0            0     0
  Told by both
    2026-11-04 08:00 Errors of platform (ticket), not over at the end; the old tracker 1 min earlier: B

To look at first: growth.
Nothing speaks against switching: platform.`,
  )
})

test('titles from elsewhere stay text: no line, cursor, markup, link or person of theirs', () => {
  const hostile = 'a\n# b\u001B[2J @everyone [c](https://evil.example) | <img src=x>\u202E'
  const text = textReport(report(hostile))
  expect(text).not.toMatch(/[[\p{Cc}\u202E]--\n]|\n# b/v)
  const markdown = markdownReport(report(hostile))
  expect(markdown).not.toMatch(/[[\p{Cc}\u202E]--\n]|\n# b|@everyone|\[c\]\(|(?<!\\)<img/v)
  expect(markdown).toContain('[there](<https://sentry.example/1>)')
  expect(markdown).toContain('### growth, 1 monitor')
  expect(markdown).toContain('| 2026-11-02 | 1 | 2 | 1 |')
})

test('people get the first forty of a long list, and programs all', () => {
  const alone = Array.from({ length: 60 }, (_, index) => ({
    at: at('2026-11-10T10:00Z') + index,
    team: 'growth',
    title: `Alone ${index}`,
  }))
  const long = report('A', alone)
  expect(textReport(long)).toContain('    … and 20 more')
  expect(textReport(long)).not.toContain('Alone 40')
  expect(JSON.parse(jsonReport(long)).teams[0].onlyOld).toHaveLength(60)
})

test('a team whose monitors were made later is told from then on', () => {
  const since = at('2026-11-05T09:30Z')
  const teams = compareAlerts({ monitors: [{ ...growth, since }], firings: [], alerts: [] }, period)
  const text = textReport({ ...report('A'), teams })
  expect(text).toContain('\ngrowth, 1 monitor, there since 2026-11-05 09:30 UTC\n')
})
