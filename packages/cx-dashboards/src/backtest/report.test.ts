import { expect, test } from 'vitest'
import type { FiringPair } from './compare-firings.ts'
import { reportOf } from './report.ts'
import type { AlertIdentity } from './replayed-alert.ts'
import type { Backtest, CostlyFiring } from './run-backtest.ts'

const at = (text: string): number => Date.parse(`2026-11-${text}Z`) / 1000

const page: AlertIdentity = {
  name: 'CxErrorBudgetBurn',
  severity: 'page',
  owner: 'platform',
  title: 'Documents are available',
  objective: 'documents-availability',
  labels: {},
}

const firing = (from: string, to?: string, ratio?: number): CostlyFiring => ({
  since: at(from),
  from: at(from),
  ...(to !== undefined && { to: at(to) }),
  ...(ratio !== undefined && { budget: { ratio } }),
})

const backtest = (changes: Partial<Backtest>): Backtest => ({
  prometheus: 'http://localhost:9090/',
  today: 'today.config.ts',
  start: at('01T00:00'),
  end: at('20T00:00'),
  until: at('20T00:00'),
  step: 60,
  problems: [],
  alerts: [],
  errorRatios: [],
  ...changes,
})

const compared = (...firings: readonly FiringPair<CostlyFiring>[]): string[] => {
  const series = [{ labels: { deployment_environment_name: 'production' }, firings }]
  const alerts = [{ today: page, changed: page, series }]
  return reportOf(backtest({ changed: 'changed.config.ts', alerts })).split('\n')
}

test('one catalog’s firings are told with their length and the budget gone', () => {
  const series = [
    {
      labels: { deployment_environment_name: 'production' },
      firings: [{ today: firing('03T10:07', '03T11:42', 0.123) }, { today: firing('19T23:00') }],
    },
  ]
  const quiet = { today: { ...page, severity: 'ticket' as const }, series: [] }
  expect(reportOf(backtest({ alerts: [{ today: page, series }, quiet] }))).toBe(
    `Alerts of today.config.ts
over 2026-11-01 00:00 to 2026-11-20 00:00 UTC, evaluated every 1 min, from http://localhost:9090/

CxErrorBudgetBurn (page), documents-availability, owner platform
  production
    2026-11-03 10:07 to 11:42 UTC, for 1 h 35 min, 12 % of the budget gone
    2026-11-19 23:00 UTC, not over at the end

1 other alert never fires.
2 firings in all.`,
  )
})

test('what fires alike is the same', () => {
  const both = firing('03T10:00', '03T11:00', 0.1)
  const lines = compared({ today: both, changed: both, later: 0, longer: 0 })
  expect(lines[5]).toMatch(/, 10 % of the budget gone; the same$/)
  expect(lines.at(-1)).toBe('1 firing today; the changed catalog fires the same.')
})

test('what differs is told from the changed catalog’s side', () => {
  const lines = compared(
    {
      today: firing('03T10:00', '03T11:00', 0.1),
      changed: firing('03T10:03', '03T10:58', 0.02),
      later: 180,
      longer: -300,
    },
    {
      today: firing('04T10:00', '04T11:00', 0.1),
      changed: firing('04T10:00', '04T11:00', 0.02),
      later: 0,
      longer: 0,
    },
    { today: firing('05T10:00', '05T11:00') },
    { changed: firing('06T10:00', '06T11:00') },
    { changed: firing('07T10:00', '07T11:00'), joined: true },
  )
  const ends = lines.slice(5, 10).map((line) => line.slice(line.indexOf(';')))
  expect(ends).toEqual([
    '; changed: 3 min later, 5 min shorter, 2 % of the budget gone',
    '; changed: at the same time, 2 % of the budget gone',
    '; only today',
    '; only changed',
    '; changed, today it is part of another firing',
  ])
  expect(lines.at(-1)).toBe('3 firings today, 4 with the change; 4 differ.')
})

test('a single difference is told as one', () => {
  const lines = compared({ today: firing('05T10:00', '05T11:00') })
  expect(lines.at(-1)).toBe('1 firing today, 0 with the change; 1 differs.')
})

test('an alert that the changed catalog lacks is named even if it never fires', () => {
  const alerts = [{ today: page, series: [] }]
  expect(reportOf(backtest({ changed: 'changed.config.ts', alerts }))).toContain(
    '  only today: the changed catalog has no such alert\n  never fires',
  )
})

test('what was not recorded is no proof of quiet', () => {
  const alerts = [{ today: page, series: [], unrecorded: true as const }]
  expect(reportOf(backtest({ alerts }))).toContain(
    'Nothing was recorded for documents-availability: 1 alert could not fire.',
  )
})

test('a failure on the way says up to when all is known, and why', () => {
  const report = reportOf(
    backtest({ until: at('07T12:00'), problems: ['Prometheus does not answer.'] }),
  )
  expect(report).toContain('Known up to 2026-11-07 12:00 UTC only.')
  expect(report).toContain('Incomplete: Prometheus does not answer.')
})

test('a failure at the beginning claims nothing', () => {
  const report = reportOf(backtest({ until: at('01T00:00') - 60, problems: ['It is gone.'] }))
  expect(report).toContain('Nothing is known: Prometheus failed at the beginning.')
  expect(report).not.toContain('in all')
})
