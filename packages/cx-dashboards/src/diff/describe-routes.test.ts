import { owner, seconds } from 'cx-definition'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { catalogWith, platform } from '../../fakes/one-objective.ts'
import { alertmanagerArtifacts } from '../alertmanager/alertmanager-config.ts'
import { contact } from '../alertmanager/contact.ts'
import { pagerDuty, slack, webhook } from '../alertmanager/receiver.ts'
import { routeTests } from '../alertmanager/route-tests.ts'
import type { Routing } from '../alertmanager/routes.ts'
import { mergeRoutes } from '../plan/merge-routes.ts'
import { changeText } from './change.ts'
import { routeChanges } from './describe-routes.ts'

const growth = owner('growth')
const catalog = catalogWith({}, { owners: [platform, growth] })
const pager = pagerDuty({ routingKeyFile: '/etc/alertmanager/key' })
const channel = slack({ apiUrlFile: '/etc/alertmanager/slack', channel: '#platform' })
const hook = webhook({ url: 'https://example.com/growth' })

const routing = (rest: Partial<Routing> = {}): Routing => ({
  contacts: [
    contact(platform, { page: [pager], ticket: [channel] }),
    contact(growth, { page: [hook], ticket: [hook] }),
  ],
  environments: ['production'],
  ...rest,
})

const generated = (of: Routing, name: 'alertmanager' | 'cx-fragment' = 'alertmanager') =>
  parse(
    alertmanagerArtifacts(catalog, of).find(({ path }) => path === `alertmanager/${name}.yml`)
      ?.content ?? '',
  )

const said = (live: unknown, desired: unknown = generated(routing())): string[] =>
  routeChanges(live, desired, routeTests(catalog, routing())).map(changeText)

test('routes compared with themselves say nothing', () => {
  expect(said(generated(routing()))).toEqual([])
})

test('another pager of a team is told by its kind, for all that goes there', () => {
  const live = generated(
    routing({
      contacts: [
        contact(platform, { page: [pager, channel], ticket: [channel] }),
        contact(growth, { page: [hook], ticket: [hook] }),
      ],
    }),
  )
  expect(said(live)[0]).toBe(
    'a page of platform in production and 2 more: goes to: PagerDuty and Slack #platform (cx-platform-page) → PagerDuty (cx-platform-page)',
  )
})

test('an alert that nobody takes yet is told as going to whoever gets the rest', () => {
  const live = { route: { receiver: 'rest' }, receivers: [{ name: 'rest', email_configs: [{}] }] }
  expect(said(live)).toContain(
    'a page of growth in production: goes to: e-mail (rest) → webhook (cx-growth-page)',
  )
})

test('the team of a route that goes is told where its alerts end up', () => {
  const live = generated(routing())
  live.route.routes[0].routes.unshift({ matchers: ['owner="old"'], receiver: 'cx-old' })
  live.receivers.push({ name: 'cx-old', opsgenie_configs: [{ api_key: 'hidden' }] })
  expect(said(live)).toContain(
    'a page of old in production: goes to: Opsgenie (cx-old) → PagerDuty (cx-platform-page)',
  )
})

test('how long a notice waits is told', () => {
  expect(said(generated(routing({ ticketsWait: seconds(30) })))[0]).toMatch(
    /^a ticket of platform in production and \d+ more: waits before the first notice: 30s → 5m$/,
  )
})

test('a lost inhibition is told', () => {
  const live = generated(routing())
  live.inhibit_rules.push({
    source_matchers: ['alertname=~"Cx.*"'],
    target_matchers: ['alertname="CxBreach"'],
    equal: ['objective'],
  })
  expect(said(live)).toEqual([
    'no longer silences: alerts with ["alertname=\\"CxBreach\\""] while one with ["alertname=~\\"Cx.*\\""] fires, of the same ["objective"]',
  ])
})

test('no value of a receiver or of a section is ever in the words', () => {
  const live = generated(routing())
  live.global = { smtp_auth_password: 'SECRET1', slack_api_url: 'https://SECRET2' }
  live.receivers[0].pagerduty_configs[0].routing_key = 'SECRET3'
  live.receivers[1].slack_configs[0].api_url = 'https://hooks.slack.com/SECRET4'
  live.receivers[1].slack_configs[0].channel = '{{ "SECRET5 " }}'
  live.receivers[2].webhook_configs[0].url = 'https://example.com/SECRET6'
  live.receivers[2].webhook_configs[0].http_config = {
    authorization: { credentials: 'SECRET7' },
    http_headers: { 'X-Key': { secrets: ['SECRET8'] } },
  }
  live.receivers[3].telegram_configs = [{ bot_token: 'SECRET9' }]
  const words = said(live).join('\n')
  expect(words).not.toContain('SECRET')
  expect(words).toContain('section global lost')
  expect(words).toContain('receiver cx-platform-page: other settings, not shown: ')
  expect(words).toContain('routing_key')
})

test('routes of others stay in a merged file, and an earlier fragment goes', () => {
  const existing = {
    global: { resolve_timeout: '5m' },
    route: {
      receiver: 'mail',
      group_by: ['alertname'],
      routes: [{ matchers: ['team="db"'], receiver: 'db' }],
    },
    receivers: [{ name: 'mail' }, { name: 'db' }],
  }
  const first = mergeRoutes(existing, generated(routing(), 'cx-fragment'))
  const again = mergeRoutes(first, generated(routing(), 'cx-fragment'))
  expect(again).toEqual(first)
  expect(said(first, again)).toEqual([])
  expect(again).toMatchObject({
    global: existing.global,
    route: { receiver: 'mail', routes: [{}, { receiver: 'db' }] },
  })
})

test.each([
  [undefined, 'what is there has no routes'],
  [
    { route: { routes: [{ matchers: ['{{'] }] } },
    'who is told cannot be compared: a matcher of its routes cannot be read',
  ],
  [
    { route: { routes: [{ matchers: ['owner=~"("'], receiver: 'x' }] } },
    'who is told cannot be compared: a pattern of its routes cannot be read',
  ],
])('what cannot be read is said, and not shown: %j', (live, expected) => {
  expect(said(live)).toEqual([expected])
})
