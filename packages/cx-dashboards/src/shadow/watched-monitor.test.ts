import { expect, test } from 'vitest'
import { silenceMonitor } from '../datadog/silence-monitor.ts'
import { sampleContext } from '../datadog/testing/sample-context.ts'
import { watchedMonitors } from './watched-monitor.ts'

const live = (id: string, json: { readonly [field: string]: unknown }) => ({
  kind: 'monitor' as const,
  id,
  json: { id: Number(id), name: `Monitor ${id}`, ...json },
})

test('what tells a team is watched, as its tags and options say it', () => {
  expect(
    watchedMonitors([
      live('1', {
        created: '2026-11-03T10:00:00Z',
        tags: ['cx_name:a', 'team:growth', 'severity:page'],
        options: { notify_no_data: true, silenced: { '*': null } },
      }),
      live('2', { tags: ['team:Platform', 'severity:ticket'], options: { silenced: {} } }),
    ]),
  ).toEqual([
    {
      id: '1',
      title: 'Monitor 1',
      team: 'growth',
      severity: 'page',
      since: Date.UTC(2026, 10, 3, 10) / 1000,
      isMuted: true,
      tellsNoData: true,
    },
    {
      id: '2',
      title: 'Monitor 2',
      team: 'platform',
      severity: 'ticket',
      since: 0,
      isMuted: false,
      tellsNoData: false,
    },
  ])
})

test('a part of a composite monitor tells nobody and is not watched', () => {
  expect(watchedMonitors([live('1', { tags: ['team:growth', 'cx_role:part'] })])).toEqual([])
})

test('that nothing is heard of a service is told where the catalog’s monitor is made', () => {
  const context = sampleContext()
  const [docs] = context.catalog.services
  const { json } = silenceMonitor(docs!, context)
  expect(watchedMonitors([live('1', json)])).toMatchObject([
    { severity: 'page', tellsNoData: true },
  ])
})
