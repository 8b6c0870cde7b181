import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import * as common from '@grafana/grafana-foundation-sdk/common'
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import * as table from '@grafana/grafana-foundation-sdk/table'
import { badEventsIn, eventsIn, goodRatio, labels } from '../promql/queries.ts'
import { datadogTraces } from './datadog-links.ts'
import type { DashboardKind } from './dashboard-kind.ts'
import { dashboardUid } from './dashboard-uid.ts'
import type { GraphView } from './graph.ts'
import {
  capitalized,
  type Line,
  noTrafficMapping,
  thresholdColors,
  units,
  thresholds,
} from './house-style.ts'
import { countedFailures, latencyExpression } from './numbers.ts'
import type { PanelContext } from './panel.ts'
import { refId, tableTarget } from './query-target.ts'

export const impactedCustomers = (view: GraphView, context: PanelContext) => {
  const { customerDashboard } = view
  const title = capitalized(context.dimension)
  const panel = healthTable(view, context, [{ label: context.dimension, title }])
    .title('Impacted customers')
    .description(
      `Who met failures in ${view.glanceWords}, worst first. ${countedFailures(view.failures)}`,
    )
    .noValue('No failures seen')
    .withTransformation(onlyFailing)
  return customerDashboard === undefined
    ? panel
    : panel.overrideByName(title, [{ id: 'links', value: [zoomIn(customerDashboard, context)] }])
}

export const endpoints = (view: GraphView, context: PanelContext) => {
  const panel = healthTable(view, context, [
    ...(view.service === undefined ? [{ label: labels.service, title: 'Service' }] : []),
    { label: labels.method, title: 'Method' },
    { label: labels.route, title: 'Route' },
  ])
    .title('API endpoints')
    .overrideByName('Method', [{ id: 'custom.width', value: 90 }])
    .description(
      `Every operation in ${view.glanceWords}, worst first. ${countedFailures(view.failures)}`,
    )
  const { datadogUrl } = context
  return datadogUrl === undefined
    ? panel
    : panel.overrideByName('Route', [{ id: 'links', value: [traces(datadogUrl)] }])
}

/** From an operation to what it did. */
const traces = (datadogUrl: string) => ({
  title: 'Traces of ${__value.text} in Datadog',
  url: datadogTraces(datadogUrl, '${__value.raw}'),
  targetBlank: true,
})

/** Both variables of the page go along, and the time range, so that the customer is seen at the same moment. */
export const zoomIn = (uid: string, { dimension }: PanelContext) => ({
  title: 'Open ${__value.text}',
  url: `/d/${uid}?var-${dimension}=\${__value.raw}&\${environment:queryparam}&\${datasource:queryparam}&\${__url_time_range}`,
})

export interface Key {
  readonly label: string
  readonly title: string
}

const columns = {
  requests: 'Requests',
  failed: 'Failed',
  clientErrors: 'Client errors',
  availability: 'Availability',
  p95: 'p95 latency',
} as const

/** A row for each value of the keys: how much was asked, how much failed, how long it took. */
const healthTable = (view: GraphView, context: PanelContext, keys: readonly Key[]) => {
  const { clientErrors, failed, glance, indicator, targets } = view
  const scope = view.scope(context)
  const by = keys.map(({ label }) => label)
  const availability =
    targets.availability && ({ value: targets.availability.ratio, better: 'higher' } as const)
  const p95 =
    targets.latency?.p95 && ({ value: targets.latency.p95.seconds, better: 'lower' } as const)
  return new table.PanelBuilder()
    .cellHeight(common.TableCellHeight.Sm)
    .withTarget(tableTarget(eventsIn(indicator.total, scope, glance, by)))
    .withTarget(tableTarget(badEventsIn(failed, indicator.total, scope, glance, by)))
    .withTarget(tableTarget(badEventsIn(clientErrors, indicator.total, scope, glance, by)))
    .withTarget(tableTarget(goodRatio(indicator, scope, glance, by)))
    .withTarget(tableTarget(latencyExpression(view, context, 'p95', glance, by)))
    .transformations(joined(keys, Object.values(columns), columns.availability))
    .overrideByRegexp(`^(${columns.requests}|${columns.failed}|${columns.clientErrors})$`, [
      unit(units.count),
      decimals(0),
    ])
    .overrideByName(columns.availability, [
      unit(units.ratio),
      decimals(2),
      ...coloured(availability),
    ])
    .overrideByName(columns.p95, [unit(units.seconds), ...coloured(p95)])
}

interface Order {
  /** Highest first. */
  readonly desc?: boolean
  /** Columns that are there for the others' sake. */
  readonly hidden?: readonly string[]
  /** How many of the keys stand behind the values. */
  readonly last?: number
}

/** One row of all queries' results: without their times, under names a person reads, lowest first. */
export const joined = (
  keys: readonly Key[],
  names: readonly string[],
  sortBy: string,
  { desc = false, hidden = [], last = 0 }: Order = {},
): dashboard.DataTransformerConfig[] => {
  const values = names.map((title, index) => ({ label: `Value #${refId(index)}`, title }))
  const first = keys.length - last
  const ordered = [...keys.slice(0, first), ...values, ...keys.slice(first)]
  return [
    { id: 'filterFieldsByName', options: { exclude: { pattern: '^Time' } } },
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(hidden.map((name) => [name, true])),
        indexByName: Object.fromEntries(ordered.map(({ label }, index) => [label, index])),
        renameByName: Object.fromEntries(ordered.map(({ label, title }) => [label, title])),
      },
    },
    { id: 'sortBy', options: { fields: {}, sort: [{ field: sortBy, desc }] } },
  ]
}

// increase() extrapolates: less than a half is none.
const onlyFailing: dashboard.DataTransformerConfig = {
  id: 'filterByValue',
  options: {
    type: 'include',
    match: 'all',
    filters: [
      { fieldName: columns.failed, config: { id: 'greaterOrEqual', options: { value: 0.5 } } },
    ],
  },
}

export const unit = (value: string): dashboard.DynamicConfigValue => ({ id: 'unit', value })
export const decimals = (value: number): dashboard.DynamicConfigValue => ({ id: 'decimals', value })

const coloured = (line: Line | undefined): dashboard.DynamicConfigValue[] => [
  { id: 'mappings', value: [noTrafficMapping('transparent')] },
  ...(line === undefined
    ? []
    : [
        { id: 'thresholds', value: built(thresholdColors(line)) },
        { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
      ]),
]

/** A cell whose value nobody knows: in words that a narrow one has room for. */
export const unknown: dashboard.DynamicConfigValue = {
  id: 'mappings',
  value: [noTrafficMapping('transparent', 'No data')],
}

/** A cell in the colour of its value. */
export const filled = (steps: readonly dashboard.Threshold[]): dashboard.DynamicConfigValue[] => [
  { id: 'thresholds', value: built(thresholds(steps)) },
  { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
]

const built = <Value>(builder: Builder<Value>): Value => builder.build()

/** What people call it; of another catalog's, the name. */
export const titled = (
  all: readonly { readonly name: string; readonly title: string }[],
): dashboard.DynamicConfigValue => ({
  id: 'mappings',
  value: [
    {
      type: 'value',
      options: Object.fromEntries(
        all.map(({ name, title }, index) => [name, { text: title, index }]),
      ),
    },
  ],
})

/** From a name to the dashboard of what it names. */
export const linkTo = (kind: DashboardKind) => ({
  id: 'links',
  value: [
    {
      title: 'Open ${__value.text}',
      url: `/d/${dashboardUid(kind, '')}\${__value.raw}?\${environment:queryparam}&\${datasource:queryparam}&\${__url_time_range}`,
    },
  ],
})
