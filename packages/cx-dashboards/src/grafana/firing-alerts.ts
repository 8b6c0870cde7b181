import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import * as common from '@grafana/grafana-foundation-sdk/common'
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import * as table from '@grafana/grafana-foundation-sdk/table'
import type { WebApp } from 'cx-definition'
import { alertNames, alertWords } from '../promql/alert-names.ts'
import { allFiring } from '../promql/annotation-queries.ts'
import { labels } from '../promql/labels.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { environmentMatcher } from './environment.ts'
import { capitalized, colors } from './house-style.ts'
import { type PanelContext, type SizedPanel, sizedPanel } from './panel.ts'
import { tableTarget } from './query-target.ts'
import { type Key, titled } from './tables.ts'

const title = 'Firing alerts'

/** A row for each alert that fires, also of those that belong to no objective; needs `alerting`. */
export const firingAlerts = (apps: readonly WebApp[]): SizedPanel =>
  sizedPanel(
    (context) => (context.alertsInPrometheus ? firingTable(apps, context) : grafanasList),
    { width: 24, height: 5 },
    { fromRules: true },
  )

const firingTable = (
  apps: readonly WebApp[],
  { dimension, objectives }: PanelContext,
): table.PanelBuilder => {
  const keys: readonly Key[] = [
    { label: 'severity', title: 'Level' },
    { label: 'alertname', title: 'Alert' },
    { label: objectiveLabel, title: 'Of' },
    { label: dimension, title: capitalized(dimension) },
    { label: labels.owner, title: 'Owner' },
  ]
  const order = Object.fromEntries(keys.map(({ label }, index) => [label, index]))
  const renamed = Object.fromEntries(keys.map((key) => [key.label, key.title]))
  const others = Object.fromEntries([labels.service, labels.app].map((label) => [label, true]))
  return new table.PanelBuilder()
    .title(title)
    .description('Pages first. What it means and what to do is in the alert’s runbook.')
    .cellHeight(common.TableCellHeight.Sm)
    .minWidth(80)
    .noValue('Nothing fires')
    .withTarget(tableTarget(allFiring(dimension, [environmentMatcher])))
    .transformations([
      { id: 'filterFieldsByName', options: { exclude: { pattern: '^(Time|Value)' } } },
      {
        id: 'organize',
        options: { excludeByName: others, indexByName: order, renameByName: renamed },
      },
      { id: 'sortBy', options: { fields: {}, sort: [{ field: 'Level' }] } },
    ])
    .overrideByName('Level', [
      { id: 'custom.width', value: 80 },
      { id: 'mappings', value: [levels] },
      { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
    ])
    .overrideByName('Alert', [titled(spokenNames(dimension))])
    .overrideByName('Of', [titled([...apps, ...objectives])])
    .overrideByName(capitalized(dimension), [{ id: 'noValue', value: '–' }])
    .overrideByName('Owner', [titled(objectives.map(({ feature }) => feature.owner))])
}

const levels = {
  type: 'value',
  options: {
    page: { text: 'Page', color: colors.bad, index: 0 },
    ticket: { text: 'Ticket', color: colors.warning, index: 1 },
  },
}

const spokenNames = (dimension: string) =>
  Object.entries(alertWords(dimension)).map(([kind, words]) => ({
    name: alertNames[kind as keyof typeof alertNames],
    title: capitalized(words),
  }))

/** Of alerts that Grafana evaluates only Grafana itself knows which fire. The SDK has no builder for its list. */
const grafanasList: Builder<dashboard.Panel> = {
  build: () => ({
    type: 'alertlist',
    title,
    description: 'In all environments, the most important first.',
    options: {
      viewMode: 'list',
      groupMode: 'default',
      groupBy: [],
      maxItems: 50,
      sortOrder: 3,
      dashboardAlerts: false,
      alertName: '',
      alertInstanceLabelFilter: '{owner=~".+", severity=~"page|ticket"}',
      stateFilter: { firing: true, error: true, noData: true, normal: false, pending: false },
    },
  }),
}
