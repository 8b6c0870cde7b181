import * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import type * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import * as loki from '@grafana/grafana-foundation-sdk/loki'
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import { expect, test } from 'vitest'
import { dashboardV2 } from './dashboard-v2.ts'

const panel = (id: number, y: number, more: Partial<sdk.Panel> = {}): sdk.Panel => ({
  ...new stat.PanelBuilder().title(`Panel ${id}`).build(),
  id,
  gridPos: { x: 6, y, w: 12, h: 4 },
  ...more,
})

const row = (y: number, more: Partial<sdk.RowPanel> = {}): sdk.RowPanel => ({
  ...new sdk.RowBuilder(`Row at ${y}`).build(),
  gridPos: { x: 0, y, w: 24, h: 1 },
  ...more,
})

const converted = (
  panels: (sdk.Panel | sdk.RowPanel)[],
  more: Partial<sdk.Dashboard> = {},
): v2.Dashboard => dashboardV2({ ...new sdk.DashboardBuilder('API').build(), panels, ...more })

const rowsOf = ({ layout }: v2.Dashboard) => {
  if (layout.kind !== 'RowsLayout') throw new Error(layout.kind)
  return layout.spec.rows.map(
    ({ spec: { collapse, hideHeader, layout: inner, repeat, title } }) => ({
      title,
      collapse,
      ...(hideHeader ? { hideHeader } : {}),
      ...(repeat ? { repeat } : {}),
      items:
        inner.kind === 'GridLayout'
          ? inner.spec.items.map(({ spec: { element, y } }) => [element.name, y])
          : [],
    }),
  )
}

test('panels stand where they stood: above the first row, under theirs, and in one that is collapsed', () => {
  const dashboard = converted([
    panel(1, 0),
    row(4),
    panel(3, 5),
    panel(4, 9),
    row(13, { collapsed: true, repeat: 'customer', panels: [panel(6, 14)] }),
  ])
  expect(rowsOf(dashboard)).toEqual([
    { title: '', collapse: false, hideHeader: true, items: [['panel-1', 0]] },
    {
      title: 'Row at 4',
      collapse: false,
      items: [
        ['panel-3', 0],
        ['panel-4', 4],
      ],
    },
    {
      title: 'Row at 13',
      collapse: true,
      repeat: { mode: 'variable', value: 'customer' },
      items: [['panel-6', 0]],
    },
  ])
  expect(Object.keys(dashboard.elements)).toEqual(['panel-1', 'panel-3', 'panel-4', 'panel-6'])
})

test('without a row there is a grid alone', () => {
  const { layout } = converted([panel(1, 3, { repeat: 'app', repeatDirection: 'h', maxPerRow: 4 })])
  expect(layout).toEqual({
    kind: 'GridLayout',
    spec: {
      items: [
        {
          kind: 'GridLayoutItem',
          spec: {
            x: 6,
            y: 3,
            width: 12,
            height: 4,
            element: { kind: 'ElementReference', name: 'panel-1' },
            repeat: { mode: 'variable', value: 'app', direction: 'h', maxPerRow: 4 },
          },
        },
      ],
    },
  })
})

const elementOf = (made: sdk.Panel): v2.PanelSpec => {
  const element = converted([made]).elements['panel-1']
  if (element?.kind !== 'Panel') throw new Error('no panel')
  return element.spec
}

test('a query keeps its name and its own data source, and takes the panel’s where it has none', () => {
  const built = new stat.PanelBuilder()
    .datasource({ type: 'prometheus', uid: '${datasource}' })
    .interval('1m')
    .withTarget(new prometheus.DataqueryBuilder().refId('A').expr('up').instant())
    .withTarget(
      new loki.DataqueryBuilder()
        .refId('L')
        .expr('{a="b"}')
        .datasource({ type: 'loki', uid: 'logs' })
        .hide(true),
    )
    .build()
  const { data } = elementOf({ ...built, id: 1 })
  expect(data.spec.queryOptions).toEqual({ interval: '1m' })
  expect(data.spec.queries).toEqual([
    {
      kind: 'PanelQuery',
      spec: {
        refId: 'A',
        hidden: false,
        query: {
          kind: 'DataQuery',
          group: 'prometheus',
          version: 'v0',
          datasource: { name: '${datasource}' },
          spec: expect.objectContaining({ expr: 'up', instant: true }),
        },
      },
    },
    {
      kind: 'PanelQuery',
      spec: {
        refId: 'L',
        hidden: true,
        query: {
          kind: 'DataQuery',
          group: 'loki',
          version: 'v0',
          datasource: { name: 'logs' },
          spec: { expr: '{a="b"}' },
        },
      },
    },
  ])
})

test('transformations, field options and links go along', () => {
  const fieldConfig = {
    defaults: { unit: 's', custom: { cellOptions: { type: 'auto' } } },
    overrides: [
      {
        matcher: { id: 'byName', options: 'Owner' },
        properties: [{ id: 'links', value: [{ title: 'Open', url: '/d/${__value.raw}' }] }],
      },
    ],
  }
  const spec = elementOf(
    panel(1, 0, {
      transparent: true,
      fieldConfig,
      options: { a: [1] },
      transformations: [{ id: 'merge', disabled: true, options: { b: 2 } }],
      links: [new sdk.DashboardLinkBuilder('Up').url('/up').targetBlank(true).build()],
    }),
  )
  expect(spec.transparent).toBe(true)
  expect(spec.links).toEqual([{ title: 'Up', url: '/up', targetBlank: true }])
  expect(spec.vizConfig.spec).toEqual({ options: { a: [1] }, fieldConfig })
  expect(spec.data.spec.transformations).toEqual([
    { kind: 'Transformation', group: 'merge', spec: { disabled: true, options: { b: 2 } } },
  ])
})

test('variables keep what they ask and how they are shown', () => {
  const { variables } = converted([], {
    templating: {
      list: [
        new sdk.DatasourceVariableBuilder('datasource')
          .label('Data source')
          .type('prometheus')
          .build(),
        new sdk.QueryVariableBuilder('customer')
          .datasource({ type: 'prometheus', uid: '${datasource}' })
          .query('label_values(a, customer)')
          .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
          .sort(sdk.VariableSort.NaturalDesc)
          .hide(sdk.VariableHide.HideLabel)
          .multi(true)
          .allValue('.+')
          .build(),
      ],
    },
  })
  expect(variables).toMatchObject([
    {
      kind: 'DatasourceVariable',
      spec: { name: 'datasource', label: 'Data source', pluginId: 'prometheus' },
    },
    {
      kind: 'QueryVariable',
      spec: {
        name: 'customer',
        refresh: 'onTimeRangeChanged',
        sort: 'naturalDesc',
        hide: 'hideLabel',
        multi: true,
        allValue: '.+',
        query: {
          group: 'prometheus',
          datasource: { name: '${datasource}' },
          spec: { __legacyStringValue: 'label_values(a, customer)' },
        },
      },
    },
  ])
})

test('a variable of a type that nothing here makes is refused by its name', () => {
  const list = [new sdk.TextBoxVariableBuilder('search').build()]
  expect(() => converted([], { templating: { list } })).toThrow(
    'the variable "search" is of the type textbox',
  )
})

test('an annotation asks what it asked, where either side looks for it', () => {
  const list = [
    new sdk.AnnotationQueryBuilder()
      .name('Pages')
      .datasource({ type: 'prometheus', uid: '${datasource}' })
      .enable(true)
      .iconColor('red')
      .expr('ALERTS')
      .step('60s')
      .titleFormat('{{alertname}}')
      .build(),
  ]
  const [annotation] = converted([], { annotations: { list } }).annotations
  expect(annotation?.spec).toMatchObject({
    name: 'Pages',
    enable: true,
    hide: false,
    iconColor: 'red',
    query: {
      group: 'prometheus',
      datasource: { name: '${datasource}' },
      spec: { refId: 'Anno', expr: 'ALERTS', interval: '60s' },
    },
    legacyOptions: { expr: 'ALERTS', step: '60s', titleFormat: '{{alertname}}' },
  })
})

test('a dashboard keeps its time range, its refresh and its shared crosshair', () => {
  const { cursorSync, editable, links, tags, timeSettings } = converted([], {
    ...new sdk.DashboardBuilder('API')
      .readonly()
      .tags(['cx'])
      .tooltip(sdk.DashboardCursorSync.Tooltip)
      .time({ from: 'now-6h', to: 'now-1h' })
      .refresh('30s')
      .timezone('utc')
      .links([new sdk.DashboardLinkBuilder('Up').url('/d/up').keepTime(true)])
      .build(),
    panels: [],
  })
  expect({ cursorSync, editable, tags }).toEqual({
    cursorSync: 'Tooltip',
    editable: false,
    tags: ['cx'],
  })
  expect(timeSettings).toMatchObject({
    from: 'now-6h',
    to: 'now-1h',
    autoRefresh: '30s',
    timezone: 'utc',
  })
  expect(links).toMatchObject([{ title: 'Up', url: '/d/up', keepTime: true }])
})
