import {
  availability,
  catalog,
  days,
  feature,
  objective,
  operation,
  owner,
  percent,
  service,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { alertNames } from '../promql/alert-names.ts'
import { alertmanagerArtifacts } from './alertmanager-config.ts'
import { contact } from './contact.ts'
import { inhibitions } from './inhibitions.ts'
import { isOurs } from './matcher.ts'
import { pagerDuty, slack, webhook } from './receiver.ts'
import { routeTests } from './route-tests.ts'

const platform = owner('platform')
const growth = owner('growth')
const read = operation('some-service', 'GET', '/documents')
const documents = feature('documents', { owner: platform, operations: [read] })

const teams = catalog({
  owners: [platform, growth],
  features: [documents],
  objectives: [
    objective('documents-availability', {
      feature: documents,
      indicator: availability({ of: [read] }),
      target: percent(99),
      window: days(30),
    }),
  ],
  services: [service('some-service', { owner: platform })],
})

const routing = {
  contacts: [
    contact(platform, {
      page: [pagerDuty({ routingKeyFile: '/etc/alertmanager/key' })],
      ticket: [slack({ apiUrlFile: '/etc/alertmanager/slack', channel: '#platform' })],
    }),
    contact(growth, {
      page: [webhook({ url: 'https://example.com/page' })],
      ticket: [webhook({ url: 'https://example.com/ticket' })],
    }),
  ],
  environments: ['production', 'eu "x" {{ | .'],
}

const artifact = (path: string): string =>
  alertmanagerArtifacts(teams, routing).find((each) => each.path === path)?.content ?? ''

test('the fragment has the route, the receivers and the inhibitions of the whole file', () => {
  const whole = parse(artifact('alertmanager/alertmanager.yml'))
  const fragment = parse(artifact('alertmanager/cx-fragment.yml'))
  expect(fragment.route.routes).toEqual(whole.route.routes)
  expect(fragment.receivers).toEqual(whole.receivers)
  expect(fragment.inhibit_rules).toEqual(whole.inhibit_rules)
  expect(fragment.route.receiver).toBeUndefined()
})

test('a page goes to its owner’s pager where pages page, and to its tickets elsewhere', () => {
  const { route } = parse(artifact('alertmanager/alertmanager.yml'))
  expect(route.routes[0].routes[0]).toEqual({
    matchers: ['owner="platform"'],
    receiver: 'cx-platform-ticket',
    routes: [
      {
        matchers: [
          'severity="page"',
          String.raw`deployment_environment_name=~"production|eu \"x\" \\{\\{ \\| \\."`,
        ],
        receiver: 'cx-platform-page',
        group_wait: '30s',
        group_interval: '1m',
        repeat_interval: '4h',
      },
    ],
  })
})

test('the same catalog makes the same text', () => {
  expect(alertmanagerArtifacts(teams, routing)).toEqual(alertmanagerArtifacts(teams, routing))
})

test('each owner, objective and service has its route tests in each environment and elsewhere', () => {
  const titles = routeTests(teams, routing).map(({ title }) => title)
  // Two owners, an objective, a service and nobody; a page and a ticket in each environment, a page elsewhere.
  expect(titles).toHaveLength(5 * 5)
  expect(new Set(titles).size).toBe(titles.length)
  expect(titles).toContain(
    'a page of documents-availability in production goes to the pages of platform',
  )
  expect(titles).toContain('a page of some-service in another goes to the tickets of platform')
})

test('the routes and inhibitions know the alerts that the rules raise', () => {
  const ours = new RegExp(`^(${isOurs.slice('alertname=~"'.length, -1)})$`)
  for (const name of Object.values(alertNames)) expect(name).toMatch(ours)
  const text = JSON.stringify(inhibitions)
  for (const kind of ['burn', 'breach', 'customer'] as const)
    expect(text).toContain(alertNames[kind])
})
