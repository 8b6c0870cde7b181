import { expect, test } from 'vitest'
import { readOldAlerts } from './old-alerts.ts'

const read = (...lines: string[]) => {
  const said: string[] = []
  return { alerts: readOldAlerts(lines.join('\n'), (line) => said.push(line)), said }
}

test('alerts are read in the order of time, whatever the order of columns and what stands beside them', () => {
  const { alerts, said } = read(
    'Level,Title,TEAM,url,time',
    'error,"Cannot read ""x"", again",#Growth,https://sentry.example/1,2026-11-03T10:07:12.345678Z',
    'error,Late,platform,,2026-11-02T01:00:00+01:00',
  )
  expect(alerts).toEqual([
    { at: Date.UTC(2026, 10, 2) / 1000, team: 'platform', title: 'Late' },
    {
      at: Date.UTC(2026, 10, 3, 10, 7, 12, 345) / 1000,
      team: 'growth',
      title: 'Cannot read "x", again',
      url: 'https://sentry.example/1',
    },
  ])
  expect(said).toEqual([])
})

test('a time without a zone is UTC, which is said', () => {
  const { alerts, said } = read('time,team,title', '2026-11-03 10:07,growth,A')
  expect(alerts[0]?.at).toBe(Date.UTC(2026, 10, 3, 10, 7) / 1000)
  expect(said).toEqual(['line 2: the time 2026-11-03 10:07 has no zone; taken for UTC.'])
})

test('an address that is none of the web is left out', () => {
  const { alerts } = read('time,team,title,url', '2026-11-03T10:07Z,growth,A,javascript:alert(1)')
  expect(alerts[0]).not.toHaveProperty('url')
})

test.for([
  [[], 'line 1: the column time, team, title is missing.'],
  [['2026-11-03T10:07Z,growth,A'], 'Begin with the line time,team,title,url'],
  [['time;team;title'], 'put commas between cells'],
  [['time,team,title', 'yesterday,growth,A'], 'line 2: the time "yesterday" is no moment.'],
  [['time,team,title', '2026-02-30T10:00Z,growth,A'], 'is no moment'],
  [['time,team,title', '', '2026-11-03T10:07Z, # ,A'], 'line 3: the team is empty.'],
  [
    ['time,team,title', '2026-11-03T10:07Z,growth,A, B'],
    'line 2: 4 cells where the first line has 3.',
  ],
  [['time,team,title', '2026-11-03T10:07Z'], 'line 2: 1 cell where the first line has 3.'],
] as const)('%j is refused', ([lines, reason]) => {
  expect(() => read(...lines)).toThrow(reason)
})
