import * as common from '@grafana/grafana-foundation-sdk/common'
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import * as table from '@grafana/grafana-foundation-sdk/table'
import { attributes, type Catalog, type Dimension } from 'cx-definition'
import type { Expression } from '../promql/expression.ts'
import { labels } from '../promql/labels.ts'
import { seriesOfService } from '../promql/raw-series.ts'
import { telemetry } from '../promql/telemetry-queries.ts'
import { environmentMatcher } from './environment.ts'
import {
  capitalized,
  colors,
  inPalette,
  legend,
  notEnoughData,
  thresholdLines,
  units,
} from './house-style.ts'
import { dashed, seriesPanel } from './over-time.ts'
import { type PanelSize, type SizedPanel, sizedPanel } from './panel.ts'
import { rangeTarget, tableTarget } from './query-target.ts'
import { decimals, filled, joined, unit, unknown } from './tables.ts'

/** A view on the telemetry itself, from which panels are taken. */
export interface TelemetryGraph {
  /** By service: instances, those lost, the age of the data, customers tracked, series. */
  readonly services: SizedPanel
  readonly seriesOverTime: SizedPanel
  readonly customersOverTime: SizedPanel
  /** What browsers sent and the beacon refused. */
  readonly refusedOverTime: SizedPanel
  /** How long ago the rules of each objective were evaluated. Needs `alerting`. */
  readonly ruleAge: SizedPanel
}

/** What a dashboard tells about the metrics themselves: whether they come, how many there are, what is left out. */
export const telemetryGraph = ({ catalog }: { readonly catalog: Catalog }): TelemetryGraph => {
  const { name: dimension } = catalog.dimension
  const of = telemetry(dimension, [environmentMatcher])
  const panel = (build: Parameters<typeof sizedPanel>[0], size: PanelSize = half): SizedPanel =>
    sizedPanel(build, size)
  return {
    services: panel(() => services(of), {
      width: 24,
      height: Math.min(12, 3 + Math.max(1, catalog.services.length)),
    }),
    seriesOverTime: panel(() => seriesOverTime(of, catalog)),
    customersOverTime: panel(() => customersOverTime(of, catalog)),
    refusedOverTime: panel(() => refusedOverTime(of.refusedRate)),
    ruleAge: sizedPanel(() => ruleAge(of.ruleAge, catalog), half, { fromRules: true }),
  }
}

const half: PanelSize = { width: 12, height: 8 }

type Telemetry = ReturnType<typeof telemetry>

const columns = {
  instances: 'Instances',
  lost: 'Lost within the hour',
  age: 'Newest data',
  customers: 'Tracked',
  others: 'In other',
  series: 'Series',
} as const

const services = (of: Telemetry) => {
  const panel = new table.PanelBuilder()
    .title('Services')
    .description(
      'Which services are heard, how old the newest sample is, how many have a label of their own, which share of requests is counted as other for want of one, and how many series that makes.',
    )
    .cellHeight(common.TableCellHeight.Sm)
    .minWidth(80)
    .noValue(notEnoughData)
  for (const column of Object.keys(columns))
    panel.withTarget(tableTarget(of[column as keyof typeof columns]))
  return panel
    .transformations(
      joined([{ label: labels.service, title: 'Service' }], Object.values(columns), columns.age, {
        desc: true,
      }),
    )
    .overrideByRegexp(`^(${columns.instances}|${columns.customers}|${columns.series})$`, whole)
    .overrideByName(columns.lost, [...whole, ...filled(lostSteps)])
    .overrideByName(columns.age, [unit(units.seconds), decimals(0), ...filled(ageSteps)])
    .overrideByName(columns.others, [unit(units.ratio), decimals(1), unknown])
}

const whole = [unit(units.count), decimals(0)]
const lostSteps: readonly dashboard.Threshold[] = [
  { value: null, color: colors.good },
  { value: 0.5, color: colors.warning },
]

/** Four scrapes at 15 seconds; nothing new for longer is soon nothing at all. */
const ageSteps: readonly dashboard.Threshold[] = [
  { value: null, color: colors.good },
  { value: 60, color: colors.warning },
  { value: 180, color: colors.bad },
]

/** Beyond these, colours and dashes would come again; Grafana's own go on. */
const mostColoured = 14

const byService = `{{${labels.service}}}`

const servicePanel = (title: string, description: string, catalog: Catalog) =>
  inPalette(
    seriesPanel(title, description),
    seriesOfService(catalog)
      .map(({ service }) => service)
      .slice(0, mostColoured),
  )

const seriesOverTime = (of: Telemetry, catalog: Catalog) => {
  const most = Math.max(0, ...seriesOfService(catalog).map(({ series }) => series))
  return servicePanel(
    'Series',
    `Series of each service; one instance can have ${most.toLocaleString('en')} of requests at most, by the catalog (dashed).`,
    catalog,
  )
    .unit(units.count)
    .min(0)
    .thresholds(thresholdLines(most > 0 ? [{ value: most, color: colors.bad }] : []))
    .thresholdsStyle(dashed())
    .withTarget(rangeTarget(of.series, byService))
}

const customersOverTime = (of: Telemetry, catalog: Catalog) =>
  servicePanel(
    `${capitalized(catalog.dimension.name)}s tracked`,
    `How many have a label of their own, by service; beyond the dashed line of ${mostTracked(catalog.dimension)} they are counted as other.`,
    catalog,
  )
    .unit(units.count)
    .min(0)
    .thresholds(thresholdLines([{ value: mostTracked(catalog.dimension), color: colors.bad }]))
    .thresholdsStyle(dashed())
    .withTarget(rangeTarget(of.customers, byService))

const mostTracked = ({ limit, pinned }: Dimension): number => limit + pinned.length

const refusedOverTime = (refused: Expression) =>
  seriesPanel(
    'Refused from browsers',
    'What browsers sent and was not counted, a minute, by the reason.',
  )
    .unit(units.count)
    .min(0)
    .noValue('Nothing refused')
    .legend(legend())
    .withTarget(rangeTarget(refused, `{{${attributes.reason}}}`))

const ruleAge = (age: Expression, { objectives }: Catalog) =>
  inPalette(
    seriesPanel(
      'Rules evaluated',
      'How long ago the budgets of each objective were last recorded; every two minutes when all is well.',
    ),
    objectives.map(({ name }) => name).slice(0, mostColoured),
  )
    .unit(units.seconds)
    .min(0)
    .axisSoftMax(300)
    .withTarget(rangeTarget(age, '{{objective}}'))
