import {
  availability,
  breach,
  catalog,
  days,
  feature,
  minutes,
  objective,
  operation,
  owner,
  percent,
  perHour,
  seconds,
  service,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import type { Alerting } from '../alerting.ts'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import { buildArtifacts, buildGrafanaAlerts } from '../build.ts'
import { type DashboardSet, defineDashboards } from '../dashboard-set.ts'
import { catalogDashboards } from '../grafana/catalog-dashboards.ts'

const team = owner('team', { title: 'The {{team}}' })
const orders = feature('orders', { owner: team, operations: [operation('shop', 'GET', '/orders')] })
const definition = (serviceName = 'shop') =>
  catalog({
    owners: [team],
    features: [orders],
    apps: [webApp('shop-web', { owner: team, pages: ['/'] })],
    services: [service(serviceName, { owner: team })],
    objectives: [
      objective('orders', {
        feature: orders,
        indicator: availability({ of: orders.operations }),
        target: percent(99.9),
        window: days(30),
        traffic: perHour(600),
        breaches: [breach({ below: percent(99), lasting: minutes(5) })],
      }),
    ],
  })

const receiver = [webhook({ url: 'https://inbox.example' })]
const setOf = (changed: Partial<Alerting> = {}, serviceName?: string): DashboardSet => {
  const made = definition(serviceName)
  return defineDashboards({
    catalog: made,
    folder: { uid: 'cx', title: 'Shop' },
    dashboards: catalogDashboards({ catalog: made }),
    datadog: { site: 'datadoghq.eu' },
    alerting: {
      contacts: [contact(team, { page: receiver, ticket: receiver })],
      environments: ['production'],
      grafanaUrl: 'https://grafana.example',
      runbookUrl: 'https://wiki.example',
      grafanaManaged: { datasourceUid: 'prom' },
      ...changed,
    },
  })
}
const rulesOf = (set = setOf()) => buildGrafanaAlerts(set).flatMap(({ rules }) => rules)

test('there is a group for each objective, one for services and one for browsers, in the set’s folder', () => {
  const groups = buildGrafanaAlerts(setOf()).map(({ folderUid, rules, title }) => [
    folderUid,
    title,
    rules.map((rule) => rule.title),
  ])
  expect(groups).toEqual([
    [
      'cx',
      'cx-objective-orders',
      [
        'CxErrorBudgetBurn: orders, page',
        'CxErrorBudgetBurn: orders, ticket',
        'CxCustomerOutage: orders, ticket',
        'CxBreach: orders, ticket, below 99 % for 5 minutes',
      ],
    ],
    ['cx', 'cx-services', ['CxServiceSilent: shop is heard, team, page']],
    [
      'cx',
      'cx-browsers',
      ['CxBrowserErrors: Errors of The {{team}} in shop-web, team, ticket, shop-web'],
    ],
  ])
})

test('a rule asks what the rule of Prometheus asks, of the data source, and fires for whatever is found', () => {
  const { grafanaManaged: _, ...prometheus } = setOf().alerting!
  const own = buildArtifacts({ ...setOf(), alerting: prometheus })
  const text = own.find(({ path }) => path === 'prometheus/services.rules.yml')?.content ?? ''
  const [silence] = rulesOf().filter(({ title }) => title.startsWith('CxServiceSilent'))
  const [asked, decides] = silence?.data ?? []
  expect(asked).toMatchObject({ datasourceUid: 'prom', model: { instant: true } })
  const expr = String(asked?.model['expr'])
  expect(expr).toMatch(/^absent_over_time\(.* \* 1$/)
  expect(text.replaceAll(/\s+/g, ' ')).toContain(expr.replace(/ \* 1$/, ''))
  expect(decides).toMatchObject({
    refId: silence?.condition,
    datasourceUid: '__expr__',
    model: { expression: 'A', conditions: [{ evaluator: { type: 'gt', params: [0] } }] },
  })
  expect(silence).toMatchObject({ noDataState: 'OK', execErrState: 'KeepLast', for: '2m' })
})

test('nothing is asked in its texts, where Grafana would find nothing, and links lead to the last hour', () => {
  for (const { annotations, title } of rulesOf()) {
    const text = JSON.stringify(annotations)
    expect(text, title).not.toMatch(/\| query|\{\{ with|unknown|nothing is left|\$value/)
    expect(annotations['description'], title).toContain('Owner: The {{ "{" }}{{ "{" }}team}}')
    expect(annotations['dashboard_url'], title).toMatch(/&from=now-1h&to=now$/)
    expect(annotations['runbook_url'], title).toMatch(/^https:\/\/wiki\.example\//)
  }
  const [page] = rulesOf()
  expect(page?.annotations['description']).toBe(
    'Promised: 99.9 % over 30 days. Owner: The {{ "{" }}{{ "{" }}team}}; feature: orders.',
  )
})

test('one that is to be kept firing is kept as long where its series is gone', () => {
  const page = (interval: number) => rulesOf(setOf({ interval: seconds(interval) }))[0]
  expect(page(30)).toMatchObject({ keep_firing_for: '2m', missingSeriesEvalsToResolve: 4 })
  expect(page(60)).toMatchObject({ keep_firing_for: '2m', missingSeriesEvalsToResolve: 2 })
})

test('Grafana’s pace is a multiple of ten seconds', () => {
  const paces = [5, 10, 12, 30, 60].map(
    (each) => buildGrafanaAlerts(setOf({ interval: seconds(each) }))[0]?.interval,
  )
  expect(paces).toEqual([10, 10, 20, 30, 60])
})

test('rules have uids and titles that Grafana takes, each its own, and each set its own', () => {
  const long = setOf({}, `shop-${'x'.repeat(295)}`)
  for (const rules of [rulesOf(), rulesOf(long)]) {
    const [uids, titles] = [rules.map(({ uid }) => uid), rules.map(({ title }) => title)]
    expect(new Set(uids).size).toBe(rules.length)
    expect(new Set(titles).size).toBe(rules.length)
    for (const uid of uids) expect(uid).toMatch(/^cx-[\da-f]{32}$/)
    for (const title of titles) expect([...title].length).toBeLessThanOrEqual(190)
  }
  const other = { ...setOf(), folder: { uid: 'other', title: 'Other' } }
  expect(rulesOf(other)[0]?.uid).not.toBe(rulesOf()[0]?.uid)
})

test('Prometheus’ own files record and do not alert; the tests have alerts of their own', () => {
  const artifacts = buildArtifacts(setOf())
  const alerts = artifacts.filter(({ content }) => content.includes('- alert:'))
  expect(alerts.map(({ path }) => path)).toEqual([
    'prometheus/tests/objective-orders.rules.yml',
    'prometheus/tests/services.rules.yml',
    'prometheus/tests/browsers.rules.yml',
  ])
  const paths = artifacts.map(({ path }) => path)
  expect(paths).toContain('prometheus/objective-orders.rules.yml')
  expect(paths).toContain('prometheus/tests/services.tests.yml')
  expect(paths).toContain('grafana-alerting/cx-objective-orders.json')
})

test('where Prometheus alerts, nothing is made for Grafana', () => {
  const { grafanaManaged: _, ...prometheus } = setOf().alerting!
  const set = { ...setOf(), alerting: prometheus }
  expect(buildGrafanaAlerts(set)).toEqual([])
  expect(buildArtifacts(set).map(({ path }) => path)).not.toContain(
    'grafana-alerting/cx-objective-orders.json',
  )
})

test('a data source has a uid', () => {
  expect(() => setOf({ grafanaManaged: { datasourceUid: 'My Prometheus' } })).toThrow(
    /alerting\.grafanaManaged\.datasourceUid.*no uid of a data source/,
  )
})
