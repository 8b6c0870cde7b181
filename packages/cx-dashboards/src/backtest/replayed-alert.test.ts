import {
  availability,
  breach,
  catalog,
  days,
  type Duration,
  feature,
  minutes,
  objective,
  operation,
  owner,
  percent,
  seconds,
  service,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { pairsOf, replayedAlerts } from './replayed-alert.ts'

const team = owner('team')
const api = feature('api', { owner: team, operations: [operation('api', 'GET', '/a')] })

const alertsOf = (
  lines: readonly number[],
  services: readonly string[] = ['api'],
  interval?: Duration,
) => {
  const inbox = [webhook({ url: 'http://127.0.0.1:9/' })]
  const set = defineDashboards({
    catalog: catalog({
      owners: [team],
      features: [api],
      services: services.map((name) => service(name, { owner: team })),
      objectives: [
        objective('available', {
          feature: api,
          indicator: availability({ of: api.operations }),
          target: percent(99),
          window: days(30),
          breaches: lines.map((line) => breach({ below: percent(line), lasting: minutes(5) })),
        }),
      ],
    }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      environments: ['production'],
      contacts: [contact(team, { page: inbox, ticket: inbox })],
      ...(interval && { interval }),
    },
  })
  return replayedAlerts({ file: 'cx-dashboards.config.ts', set })
}

const lineOf = (alert: ReturnType<typeof alertsOf>[number] | undefined) =>
  alert?.identity.labels['breach']

test('no recorded series is asked for, since a changed catalog has none', () => {
  for (const { condition } of alertsOf([95])) expect(condition).not.toMatch(/slo[_:]/)
})

test('sums take a step for each evaluation of the rules, and none more often than each half minute', () => {
  const stepsOf = (interval?: Duration) =>
    alertsOf([], ['api'], interval).flatMap(
      ({ condition }) => condition.match(/(?<=\[3d:)\w+/g) ?? [],
    )
  expect(new Set(stepsOf())).toEqual(new Set(['30s']))
  expect(new Set(stepsOf(minutes(1)))).toEqual(new Set(['1m']))
  expect(new Set(stepsOf(seconds(5)))).toEqual(new Set(['30s']))
})

test('alerts wait and are kept as their rules say', () => {
  const holds = alertsOf([]).map(({ holds: each, identity }) => [identity.name, each])
  expect(holds).toContainEqual(['CxServiceSilent', { before: 120, after: 0 }])
  expect(holds).toContainEqual(['CxCustomerOutage', { before: 0, after: 900 }])
})

test('a breach whose line changed is still the counterpart; one that was added has none', () => {
  const pairs = pairsOf(alertsOf([90]), alertsOf([99, 95]))
  const breaches = pairs.filter(({ changed, today }) => lineOf(today ?? changed) !== undefined)
  expect(breaches.map(({ changed, today }) => [lineOf(today), lineOf(changed)])).toEqual([
    ['below 90 % for 5 minutes', 'below 99 % for 5 minutes'],
    [undefined, 'below 95 % for 5 minutes'],
  ])
})

test('of several breaches, those of the same line belong together', () => {
  const pairs = pairsOf(alertsOf([90, 95]), alertsOf([95, 90]))
  for (const { changed, today } of pairs) expect(lineOf(changed)).toBe(lineOf(today))
})

test('a service that was added has no counterpart in today’s', () => {
  const pairs = pairsOf(alertsOf([], ['api']), alertsOf([], ['api', 'other']))
  const alone = pairs.filter(({ today }) => !today)
  expect(alone.map(({ changed }) => changed?.identity.title)).toEqual(['other is heard'])
})

test('a config without alerts is told what it lacks', () => {
  const set = defineDashboards({
    catalog: catalog({ owners: [team], features: [api] }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
  })
  expect(() => replayedAlerts({ file: 'some.config.ts', set })).toThrow(
    'some.config.ts has no alerts to replay.',
  )
})
