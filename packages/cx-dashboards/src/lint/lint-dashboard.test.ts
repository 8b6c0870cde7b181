import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import { expect, test } from 'vitest'
import { lintDashboard } from './lint-dashboard.ts'

const datasource = { type: 'prometheus', uid: '${datasource}' }

const choice = (name: string, label: string) =>
  new sdk.QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(`label_values(up, ${name})`)
    .multi(true)
    .allValue('.+')
    .refresh(sdk.VariableRefresh.OnTimeRangeChanged)

const keepsAll = 'sum(rate(up_total{job=~"$job", instance=~"$instance"}[$__rate_interval]))'

const right = (): { dashboard: Dashboard; panel: Panel } => {
  const panel = JSON.parse(
    JSON.stringify(
      new stat.PanelBuilder()
        .title('Ups')
        .description('How many there are.')
        .datasource(datasource)
        .unit('short')
        .withTarget(new prometheus.DataqueryBuilder().refId('A').expr(keepsAll))
        .build(),
    ),
  )
  const dashboard = new sdk.DashboardBuilder('Everything')
    .readonly()
    .variables([
      new sdk.DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
      choice('job', 'Job'),
      choice('instance', 'Instance'),
    ])
    .build()
  return { panel, dashboard: { ...dashboard, panels: [panel] } }
}

const rulesBroken = (dashboard: Dashboard) => lintDashboard(dashboard).map(({ rule }) => rule)

test('a dashboard that keeps every rule is told nothing', () => {
  expect(lintDashboard(right().dashboard)).toEqual([])
})

const asking = (expr: string, extra: object = {}) => ({
  targets: [{ expr, ...extra, _implementsDataqueryVariant: () => {} }],
})

test.for<[rule: string, panel: Partial<Panel>]>([
  ['panel-datasource-rule', { datasource: { type: 'prometheus', uid: 'mine' } }],
  ['panel-title-description-rule', { title: '' }],
  ['panel-title-description-rule', { description: '' }],
  ['panel-units-rule', { fieldConfig: { defaults: {}, overrides: [] } }],
  ['panel-units-rule', { fieldConfig: { defaults: { unit: 'bananas' }, overrides: [] } }],
  ['panel-no-targets-rule', { targets: [] }],
  ['target-promql-rule', asking('')],
  ['target-promql-rule', asking('sum(')],
  ['target-rate-interval-rule', asking(keepsAll.replace('$__rate_interval', '5m'))],
  ['target-rate-interval-rule', asking(keepsAll.replace('$__rate_interval', '$__range'))],
  ['target-job-rule', asking(keepsAll.replace('job=~"$job", ', ''))],
  ['target-instance-rule', asking(keepsAll.replace('"$instance"', '"a"'))],
  ['target-counter-agg-rule', asking('up_total{job=~"$job", instance=~"$instance"}')],
  ['target-counter-agg-rule', asking(keepsAll.replace('rate(', 'max_over_time('))],
])('%s is told of %j', ([rule, changed]) => {
  const { dashboard, panel } = right()
  expect(rulesBroken({ ...dashboard, panels: [{ ...panel, ...changed }] })).toEqual([rule])
})

test.for<[name: string, panel: Partial<Panel>]>([
  ['a unit in an override', unitsIn([{ id: 'unit', value: 's' }])],
  ['value mappings in an override', unitsIn([{ id: 'mappings', value: [] }])],
  [
    'an increase over any window',
    asking(keepsAll.replace('rate(', 'increase(').replace('$__rate_interval', '5m')),
  ],
  [
    'a rate with an offset',
    asking(keepsAll.replace('[$__rate_interval]', '[$__rate_interval] offset 1d')),
  ],
  ['a gauge as it stands', asking('up{job=~"$job", instance=~"$instance"}')],
  ['a text that asks nothing', { type: 'text', targets: [], title: '' }],
])('%s is as good', ([, changed]) => {
  const { dashboard, panel } = right()
  expect(rulesBroken({ ...dashboard, panels: [{ ...panel, ...changed }] })).toEqual([])
})

function unitsIn(properties: sdk.DynamicConfigValue[]): Partial<Panel> {
  const matcher = { id: 'byName', options: 'Ups' }
  return { fieldConfig: { defaults: {}, overrides: [{ matcher, properties }] } }
}

test('panels of a collapsed row are looked at too', () => {
  const { dashboard, panel } = right()
  const row = { type: 'row' as const, id: 1, collapsed: true, panels: [{ ...panel, title: '' }] }
  expect(rulesBroken({ ...dashboard, panels: [row] })).toEqual(['panel-title-description-rule'])
})

const variable = (index: number, changed: Partial<sdk.VariableModel>): Dashboard => {
  const { dashboard } = right()
  const list = dashboard.templating.list?.map((each, at) =>
    at === index ? { ...each, ...changed } : each,
  )
  return { ...dashboard, templating: { list: list ?? [] } }
}

test.for<[rule: string, dashboard: Dashboard]>([
  ['template-datasource-rule', variable(0, { label: 'Prometheus' })],
  ['template-job-rule', variable(1, { multi: false })],
  ['template-job-rule', variable(1, { label: 'job' })],
  ['template-instance-rule', variable(2, { allValue: '.*' })],
  ['template-instance-rule', variable(2, { datasource: { uid: 'mine' } })],
  ['template-label-promql-rule', variable(1, { query: 'up' })],
  ['template-label-promql-rule', variable(1, { query: 'label_values(up{, job)' })],
  ['template-on-time-change-reload-rule', variable(1, { refresh: 1 })],
  ['uneditable-dashboard-rule', { ...right().dashboard, editable: true }],
])('%s is told of a dashboard', ([rule, dashboard]) => {
  expect(rulesBroken(dashboard)).toEqual([rule])
})

test('without a variable for the data source, and with one of another name, the rules say so', () => {
  const { dashboard } = right()
  expect(rulesBroken({ ...dashboard, templating: { list: [] } })).toContain(
    'template-datasource-rule',
  )
  expect(rulesBroken(variable(0, { name: 'source' }))).toContain('template-datasource-rule')
})

test('a query is named by its place among the panel’s', () => {
  const { dashboard, panel } = right()
  const targets = [...(panel.targets ?? []), ...asking('sum(').targets]
  expect(lintDashboard({ ...dashboard, panels: [{ ...panel, targets }] })).toMatchObject([
    { place: { dashboard: 'Everything', panel: 'Ups', target: 1 } },
  ])
})
