import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard'
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap'
import * as loki from '@grafana/grafana-foundation-sdk/loki'
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus'
import { catalog, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { row } from './dashboard.ts'
import { graph } from './graph.ts'
import { type OwnPanelOptions, panel, type PanelBuilder } from './own-panel.ts'

const size = { width: 8, height: 6 }

const shown = (builder: PanelBuilder, options: OwnPanelOptions = size): sdk.Panel => {
  const api = graph({ name: 'API' })
  const set = defineDashboards({
    catalog: catalog({ owners: [owner('platform')], features: [] }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [
      {
        uid: 'one',
        title: 'One',
        description: 'One',
        rows: [row('Both', [api.requests(), panel(builder, options)])],
      },
    ],
  })
  const found = buildDashboards(set)[0]?.json.panels?.at(-1)
  if (!found || found.type === 'row') throw new Error('no panel')
  return found as sdk.Panel
}

const query = (expr: string) => new prometheus.DataqueryBuilder().expr(expr)

test('a panel of the SDK stands beside ours, with an id, a place, names and the data source', () => {
  const built = shown(
    new heatmap.PanelBuilder().title('Spread').withTarget(query('a')).withTarget(query('b')),
  )
  expect(built).toMatchObject({
    type: 'heatmap',
    title: 'Spread',
    id: 3,
    gridPos: { w: 8, h: 6, y: 1 },
    datasource: { uid: '${datasource}' },
    targets: [
      { refId: 'A', expr: 'a' },
      { refId: 'B', expr: 'b' },
    ],
  })
  expect(built.gridPos?.x).toBeGreaterThan(0)
})

test('names and a data source that were given stay', () => {
  const logs = { type: 'loki', uid: 'logs' }
  const built = shown(
    new heatmap.PanelBuilder()
      .datasource(logs)
      .withTarget(new loki.DataqueryBuilder().expr('{a="b"}').refId('B'))
      .withTarget(new loki.DataqueryBuilder().expr('{c="d"}'))
      .withTarget(new loki.DataqueryBuilder().expr('{e="f"}').refId('A')),
  )
  expect(built.datasource).toEqual(logs)
  expect(built.targets).toMatchObject([{ refId: 'B' }, { refId: 'C' }, { refId: 'A' }])
})

test('one builder can stand at two places, and be changed in between', () => {
  const builder = new heatmap.PanelBuilder().title('First').withTarget(query('a'))
  const first = panel(builder, size)
  builder.title('Second')
  const context = {} as Parameters<typeof first.build>[0]
  expect([first, panel(builder, size)].map((each) => each.build(context).build().title)).toEqual([
    'First',
    'Second',
  ])
})

test('what it reads and leads to is checked as with ours', () => {
  const built = { build: () => ({ type: 'text' }) }
  expect(() => shown(built, { ...size, reads: ['region'] })).toThrow('the variable "region"')
  expect(() => shown(built, { ...size, linksTo: ['nowhere'] })).toThrow('links to "nowhere"')
  expect(() => shown(built, { width: 25, height: 1 })).toThrow('does not fit the grid')
})

test.for<[why: string, builder: PanelBuilder]>([
  [
    'no colours today',
    {
      build: () => {
        throw new Error('no colours today')
      },
    },
  ],
  ['it has no type', { build: () => ({}) as { type: string } }],
  [
    'two queries are called A',
    new heatmap.PanelBuilder().withTarget(query('a').refId('A')).withTarget(query('b').refId('A')),
  ],
])('a builder that makes no panel is told at the line that placed it: %s', ([why, builder]) => {
  const place = () => panel(builder, size)
  expect(place).toThrow(`panel(): the builder makes no panel: ${why}`)
  try {
    place()
  } catch (error) {
    const [, first] = error instanceof Error ? (error.stack ?? '').split('\n') : []
    expect(first).toContain('own-panel.test.ts')
  }
})
