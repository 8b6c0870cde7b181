import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import { catalog, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { type DashboardSet, defineDashboards } from '../dashboard-set.ts'
import { row } from '../grafana/dashboard.ts'
import { graph } from '../grafana/graph.ts'
import { panel } from '../grafana/own-panel.ts'
import { lintFindings } from './lint-findings.ts'

const own = (expr: string) =>
  new stat.PanelBuilder()
    .title('Mine')
    .description('What I count.')
    .withTarget(new prometheus.DataqueryBuilder().expr('up'))
    .withTarget(new prometheus.DataqueryBuilder().expr(expr))

const setWith = (builder: stat.PanelBuilder, more: Partial<DashboardSet> = {}) =>
  defineDashboards({
    catalog: catalog({ owners: [owner('platform')], features: [] }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [
      {
        uid: 'one',
        title: 'One',
        description: 'One',
        rows: [
          row('All', [graph({ name: 'API' }).requests(), panel(builder, { width: 6, height: 4 })]),
        ],
      },
    ],
    ...more,
  })

test('a panel of one’s own is told what it lacks, once, with its place', () => {
  expect(lintFindings(setWith(own('a_total + b_total + a_total').unit('short')))).toEqual([
    {
      severity: 'warning',
      path: 'dashboards "one", panel "Mine", query 2',
      message: expect.stringMatching(/^the counter a_total .* \(target-counter-agg-rule\)$/),
      remedy: 'Show its rate() or its increase()',
    },
    expect.objectContaining({ message: expect.stringContaining('the counter b_total') }),
  ])
})

test('a query that no Prometheus takes is an error', () => {
  expect(lintFindings(setWith(own('sum(').unit('short')))).toMatchObject([
    { severity: 'error', message: 'its query does not parse: sum( (target-promql-rule)' },
  ])
})

test('what is excluded with a reason is not told', () => {
  const lint = [
    { rule: 'panel-units-rule', reason: 'x', places: [{ dashboard: 'One', panel: 'Mine' }] },
  ]
  expect(lintFindings(setWith(own('up')))).toMatchObject([
    {
      severity: 'warning',
      path: 'dashboards "one", panel "Mine"',
      message: 'it has no unit (panel-units-rule)',
    },
  ])
  expect(lintFindings(setWith(own('up'), { lint }))).toEqual([])
})

test('an exclusion without a reason is refused with the definition', () => {
  expect(() => setWith(own('up'), { lint: [{ rule: 'panel-units-rule', reason: '' }] })).toThrow(
    'lint[0].reason',
  )
})
