import {
  availability,
  catalog,
  completion,
  days,
  feature,
  journey,
  objective,
  operation,
  owner,
  percent,
  perHour,
  seconds,
  service,
  webApp,
} from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import { buildArtifacts, buildDashboards } from '../build.ts'
import { type DashboardSet, defineDashboards } from '../dashboard-set.ts'
import { catalogDashboards } from './catalog-dashboards.ts'

const team = owner('team', { title: 'The team' })
const orders = feature('orders', {
  title: 'Orders',
  owner: team,
  operations: [operation('shop', 'GET', '/orders'), operation('shop', 'POST', '/orders')],
})
const shell = feature('shell', { owner: team })
const web = webApp('shop-web', { owner: team, pages: ['/'] })
const checkout = journey('checkout', { feature: orders, app: web, steps: ['pay'] })
const promised = { feature: orders, target: percent(99.9), window: days(30), traffic: perHour(600) }
const available = objective('orders-available', {
  ...promised,
  title: 'Orders are available',
  indicator: availability({ of: orders.operations }),
})
const paid = objective('orders-paid', { ...promised, indicator: completion({ of: checkout }) })

const options = {
  owners: [team],
  features: [orders, shell],
  apps: [web],
  journeys: [checkout],
  services: [service('shop', { owner: team })],
  objectives: [available, paid],
}
const receiver = [webhook({ url: 'https://tickets.example' })]
const alerting = {
  contacts: [
    contact(team, { page: receiver, ticket: receiver, onCallUrl: 'https://rota.example/team' }),
  ],
  environments: ['production'],
  interval: seconds(30),
  grafanaUrl: 'https://grafana.example',
  runbookUrl: 'https://wiki.example/runbooks/',
}
const folder = { uid: 'cx', title: 'Shop' }

const setOf = (changed: Partial<Parameters<typeof catalog>[0]> = {}): DashboardSet => {
  const definition = catalog({ ...options, ...changed })
  return defineDashboards({
    catalog: definition,
    folder,
    dashboards: catalogDashboards({ catalog: definition }),
    alerting,
  })
}

interface PanelJson {
  readonly title: string
  readonly targets?: readonly { readonly expr: string }[]
  readonly options?: { readonly content?: string }
}

const panelsOf = (set: DashboardSet, uid: string): readonly PanelJson[] => {
  const found = buildDashboards(set).find((each) => each.uid === uid)
  return (found?.json.panels ?? []) as unknown as readonly PanelJson[]
}

test('there is a dashboard for all, for one customer, each feature, service and objective, and the telemetry', () => {
  expect(setOf().dashboards.map(({ uid }) => uid)).toEqual([
    'cx-overview',
    'cx-customer',
    'cx-feature-orders',
    'cx-feature-shell',
    'cx-service-shop',
    'cx-objective-orders-available',
    'cx-objective-orders-paid',
    'cx-telemetry',
  ])
})

test('a feature of which nothing is told has no dashboard', () => {
  const set = setOf({ apps: [], journeys: [], objectives: [available] })
  expect(set.dashboards.map(({ uid }) => uid)).not.toContain('cx-feature-shell')
})

test('an alert leads to the dashboard of its objective, that of a silent service to the service’s', () => {
  const rules = (file: string) =>
    buildArtifacts(setOf()).find(({ path }) => path === `prometheus/${file}.rules.yml`)?.content
  expect(rules('objective-orders-available')).toContain('/d/cx-objective-orders-available?')
  expect(rules('services')).toContain('/d/cx-service-shop?')
  expect(rules('browsers')).toContain('/d/cx-feature-orders?')
})

test('whose an objective is and where help is, is on record for every table', () => {
  const { content = '' } =
    buildArtifacts(setOf()).find(({ path }) => path.includes('orders-available.rules')) ?? {}
  expect(content).toContain('record: slo:objective:info')
  expect(content).toContain('oncall_url: https://rota.example/team')
  expect(content).toContain('runbook_url: https://wiki.example/runbooks/orders-available-burn.md')
  const [note] = panelsOf(setOf(), 'cx-objective-orders-available').slice(1)
  expect(note?.options?.content).toContain('[on call](https://rota.example/team)')
  expect(note?.options?.content).toContain(
    '[Runbook](https://wiki.example/runbooks/orders-available-burn.md)',
  )
})

test('what fires is asked of who knows it: Prometheus, or Grafana where that evaluates the alerts', () => {
  const inPrometheus = setOf()
  const inGrafana = defineDashboards({
    ...inPrometheus,
    alerting: { ...alerting, grafanaManaged: { datasourceUid: 'main' } },
  })
  const firing = (set: DashboardSet) =>
    panelsOf(set, 'cx-overview').find((panel) => panel.title === 'Firing alerts')
  expect(firing(inPrometheus)?.targets?.[0]?.expr).toContain('ALERTS{alertname=~"Cx.*"')
  expect(firing(inGrafana)).toMatchObject({ type: 'alertlist' })
  for (const { json } of buildDashboards(inGrafana))
    expect(JSON.stringify(json)).not.toContain('ALERTS{')
  const columns = (set: DashboardSet) =>
    JSON.stringify(panelsOf(set, 'cx-overview').find((panel) => panel.title === 'Objectives'))
  expect(columns(inPrometheus)).toContain('"Value #H":"Burn rate, 1h"')
  expect(columns(inGrafana)).toContain('"Value #G":"Burn rate, 1h"')
})

describe('what is read is recorded', () => {
  const set = setOf()
  const records = new Set(
    buildArtifacts(set).flatMap(({ content }) =>
      [...content.matchAll(/record: (\S+)/g)].map(([, name]) => name),
    ),
  )
  test.for(buildDashboards(set).map(({ json, uid }) => [uid, JSON.stringify(json)] as const))(
    'on %s',
    ([, text]) => {
      const read = [...text.matchAll(/slo\w*:\w+:\w+/g)].map(([name]) => name)
      expect(read.filter((name) => !records.has(name))).toEqual([])
    },
  )
})

test('tables say what things are called, of their own objectives alone', () => {
  const table = (uid: string) =>
    JSON.stringify(panelsOf(setOf(), uid).findLast(({ title }) => title === 'Objectives'))
  expect(table('cx-overview')).toContain('"orders-available":{"text":"Orders are available"')
  expect(table('cx-overview')).toContain('"orders-paid":{')
  expect(table('cx-overview')).toContain('"team":{"text":"The team"')
  expect(table('cx-customer')).toContain('"orders-available":{"text":"Orders are available"')
  expect(table('cx-customer')).not.toContain('"orders-paid":{')
})

test('an alert of no objective makes no row among them', () => {
  const table = panelsOf(setOf(), 'cx-overview').findLast(({ title }) => title === 'Objectives')
  const reading = (table?.targets ?? []).flatMap(({ expr }) => expr.match(/ALERTS\{[^}]*\}/g) ?? [])
  expect(reading).toHaveLength(2)
  for (const alerts of reading) expect(alerts).toContain('objective!=""')
})

test('a browser’s objective has tickets and no customers, another both', () => {
  const titles = (uid: string) => panelsOf(setOf(), uid).map(({ title }) => title)
  expect(titles('cx-objective-orders-available')).toEqual(
    expect.arrayContaining(['Burn rates of pages', 'Burn rates of tickets', 'Customers hit']),
  )
  expect(titles('cx-objective-orders-paid')).toContain('Burn rates of tickets')
  expect(titles('cx-objective-orders-paid')).not.toContain('Burn rates of pages')
  expect(titles('cx-objective-orders-paid')).not.toContain('Customers hit')
})

test('without rules, objectives are shown in the time range, and what reads rules is refused', () => {
  const definition = catalog(options)
  const define = (objectives: boolean) =>
    defineDashboards({
      catalog: definition,
      folder,
      dashboards: catalogDashboards({ catalog: definition, objectives }),
    })
  expect(() => define(true)).toThrow('there are none')
  const set = define(false)
  const standing = panelsOf(set, 'cx-feature-orders').find(({ title }) => title === available.title)
  expect(standing?.targets?.[0]?.expr).toContain('[$__range]')
  expect(JSON.stringify(buildDashboards(set))).not.toContain('slo:')
})

test('where a name is too long for an address, dashboards have another, and no link leads to what is not there', () => {
  const name = 'x'.repeat(60)
  const set = setOf({
    objectives: [objective(name, { ...promised, indicator: available.indicator })],
  })
  const [uid = ''] = set.dashboards.map((each) => each.uid).filter((each) => /-x/.test(each))
  expect(uid).toMatch(/^[\w-]{1,40}$/)
  expect(JSON.stringify(panelsOf(set, 'cx-overview'))).not.toContain('/d/cx-objective-')
  expect(JSON.stringify(panelsOf(setOf(), 'cx-overview'))).toContain('/d/cx-objective-')
})

test('names with whatever is in them stay apart, and escaped', () => {
  const names = ['a/b', 'a-b', '$x ${y} [[z]] "q" \\ ünï']
  const set = setOf({ services: names.map((each) => service(each, { owner: team })) })
  const uids = set.dashboards.map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(uids.length)
  const [hostile = ''] = uids.filter((uid) => uid.includes('service')).slice(2)
  const exprs = panelsOf(set, hostile).flatMap(({ targets = [] }) =>
    targets.map(({ expr }) => expr),
  )
  expect(exprs.length).toBeGreaterThan(5)
  for (const expr of exprs.filter((each) => each.includes('service_name=')))
    expect(expr).toContain('service_name="\\x24x \\x24{y} \\x5b[z]] \\"q\\" \\\\ ünï"')
})

test('a dashboard says where it comes from, and in which state, which changes when it does', () => {
  const stateOf = (set: DashboardSet, uid: string) =>
    /state (\w{8})/.exec(
      buildDashboards(set).find((each) => each.uid === uid)?.json.description ?? '',
    )?.[1]
  const tighter = { ...available, target: percent(99.99) }
  const changed = setOf({ objectives: [tighter, paid] })
  expect(stateOf(setOf(), 'cx-objective-orders-available')).toMatch(/^\w{8}$/)
  expect(stateOf(changed, 'cx-objective-orders-available')).not.toBe(
    stateOf(setOf(), 'cx-objective-orders-available'),
  )
  expect(stateOf(changed, 'cx-telemetry')).toBe(stateOf(setOf(), 'cx-telemetry'))
})
