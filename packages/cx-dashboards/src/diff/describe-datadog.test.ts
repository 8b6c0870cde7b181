import { expect, test } from 'vitest'
import { dashboard, monitor, slo } from '../../fakes/datadog-set.ts'
import { changeText } from './change.ts'
import { datadogDashboardChanges } from './describe-datadog-dashboard.ts'
import { monitorChanges } from './describe-monitor.ts'
import { sloChanges } from './describe-slo.ts'

type Json = Readonly<Record<string, unknown>>

const monitorText = (before: Json, after: Json) =>
  monitorChanges(monitor('one', before).json, monitor('one', after).json).map(changeText)

test('of a monitor it is told when it fires, over what time, whom it tells and how urgently', () => {
  const query = (text: string) => ({ query: text })
  expect(
    monitorText(query('sum(last_5m):sum:a{*} > 20'), {
      ...query('sum(last_1h):sum:a{*} > 5'),
      priority: 1,
      message: 'Customers are hit. @pagerduty-growth',
    }),
  ).toEqual([
    'looks back over: 5m → 1h',
    'fires at: > 20 → > 5',
    'tells: @slack-growth → @pagerduty-growth',
    'priority: nothing → 1',
  ])
  const burn = (long: string, short: string) =>
    query(
      `burn_rate("cx-ref(slo/a)").over("30d").long_window("${long}").short_window("${short}") > 14.4`,
    )
  expect(monitorText(burn('1h', '5m'), burn('6h', '30m'))).toEqual([
    'looks back over: 30d and 1h and 5m → 30d and 6h and 30m',
  ])
  expect(monitorText(query('rum("a").last("15m") > 1'), query('rum("b").last("15m") > 1'))).toEqual(
    ['query: rum("a").last("15m") > 1 → rum("b").last("15m") > 1'],
  )
})

test('of a monitor texts, options and tags are told too, and that a person muted it', () => {
  expect(
    monitorText(
      { muted: true, options: { thresholds: { critical: 20 }, renotify_interval: 60 } },
      {
        message: 'Another text. @slack-growth',
        options: { thresholds: { critical: 5, warning: 2 } },
        tags: ['team:growth', 'severity:page'],
      },
    ),
  ).toEqual([
    'muted by a person, which stays so',
    'alerts at: 20 → 5',
    'warns at: nothing → 2',
    'tells again after (minutes): 60 → nothing',
    'tags lost: managed_by:cx-dashboards, cx_set:cx, cx_name:one',
    'tags gained: severity:page',
    'message: Customers are hit. → Another text.',
  ])
  expect(
    monitorText({ message: 'Mail to a@b.example @user@b.example, @slack-a.' }, { message: 'None' }),
  ).toContain('tells: @slack-a, @user@b.example → nobody')
})

test('of an SLO it is told what is promised and by what it is counted', () => {
  const [before, after] = [slo('one', 99.9).json, slo('one', 99).json]
  expect(sloChanges(before, after).map(changeText)).toEqual([
    'promised: 99.9 % over 30d → 99 % over 30d',
  ])
  const other = JSON.parse(
    JSON.stringify(before).replace('cx_requests_total{*}', 'cx_requests_total{a:b}'),
  )
  expect(sloChanges(before, { ...other, name: 'Another' }).map(changeText)).toEqual([
    'renamed: SLO one → Another',
    'query good: sum:cx_requests_total{*} → sum:cx_requests_total{a:b}',
  ])
})

test('of a dashboard widgets are told by their titles, in groups too', () => {
  const widget = (title: string, query: string, x = 0) => ({
    definition: { type: 'timeseries', title, requests: [{ q: query }] },
    layout: { x, y: 0, width: 4, height: 2 },
  })
  const group = (...widgets: readonly unknown[]) => ({
    definition: { type: 'group', title: 'API', layout_type: 'ordered', widgets },
  })
  const [before, after] = [
    {
      widgets: [
        widget('Gone', 'x'),
        widget('Old name', 'y'),
        group(widget('Errors', 'a'), widget('Kept', 'a')),
      ],
    },
    {
      widgets: [
        widget('New', 'z'),
        widget('New name', 'y'),
        group(widget('Errors', 'b'), widget('Kept', 'a', 4)),
      ],
      template_variables: [{ name: 'env', prefix: 'env', defaults: ['production'] }],
    },
  ].map((json) => dashboard('one', [], json).json)
  expect(datadogDashboardChanges(before ?? {}, after ?? {}).map(changeText)).toEqual([
    'variable "env", defaults: ["*"] → ["production"]',
    '"Gone": widget removed',
    '"New": widget added',
    '"New name": renamed: Old name → New name',
    '"Errors" in "API": requests.q: a → b',
    '1 widget stands elsewhere or in another size',
  ])
})
