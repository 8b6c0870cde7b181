import * as common from '@grafana/grafana-foundation-sdk/common'
import * as table from '@grafana/grafana-foundation-sdk/table'
import type { Objective } from 'cx-definition'
import type { Expression } from '../promql/expression.ts'
import { customersHit as hitOf, customerStandings, standings } from '../promql/objective-queries.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { labels } from '../promql/labels.ts'
import { environmentMatcher } from './environment.ts'
import { capitalized, colors, notEnoughData, units } from './house-style.ts'
import type { ObjectiveView } from './objective-graph.ts'
import { budgetSteps, burnSteps, lastingMappings, lastingSteps } from './objective-numbers.ts'
import { type PanelContext, type SizedPanel, sizedPanel } from './panel.ts'
import { refId, tableTarget } from './query-target.ts'
import { customerMatcher, type VariableValue } from './customer-filter.ts'
import {
  decimals,
  filled,
  joined,
  type Key,
  linkTo,
  titled,
  unit,
  unknown,
  zoomIn,
} from './tables.ts'

const columns = {
  alert: 'Alert',
  budgetLeft: 'Budget left',
  eventsLeft: 'Bad events left',
  lasts: 'Runs out in',
  good: 'Over its window',
  target: 'Promised',
  burnRate: 'Burn rate, 5m',
  burnRateHour: 'Burn rate, 1h',
} as const

const keys: readonly Key[] = [
  { label: objectiveLabel, title: 'Objective' },
  { label: labels.feature, title: 'Feature' },
  { label: labels.owner, title: 'Owner' },
]

const help: readonly Key[] = [
  { label: 'oncall_url', title: 'On call' },
  { label: 'runbook_url', title: 'Runbook' },
]

/**
 * A row for each objective, the emptiest budget first; needs `alerting`, whose rules it reads.
 * @param objectives all that are recorded, where none are named
 */
export const objectivesTable = (objectives: readonly Objective[] = []): SizedPanel =>
  sizedPanel(
    (context) => {
      const of = standings(objectives, [environmentMatcher])
      const { alert, ...others } = columns
      const chosen = context.alertsInPrometheus ? { alert, ...others } : others
      const values = Object.keys(chosen).map((column) => of[column as keyof typeof columns])
      const shown = objectives.length === 0 ? context.objectives : objectives
      const panel = withObjectives(
        rows(
          'Objectives',
          'What fires now, and what each objective stands at in its window, the emptiest budget first.',
          [
            ...values,
            // For its labels, and so that what has no value yet is a row as well.
            of.info,
          ],
        )
          .transformations(
            joined([...keys, ...help], Object.values(chosen), columns.budgetLeft, {
              hidden: [`Value #${refId(values.length)}`],
              last: help.length,
            }),
          )
          .overrideByName(columns.budgetLeft, [
            unit(units.ratio),
            decimals(1),
            unknown,
            ...filled(budgetSteps),
          ])
          .overrideByName(columns.eventsLeft, [unit(units.count), decimals(0), unknown])
          .overrideByName(columns.lasts, [
            { id: 'custom.width', value: 125 },
            unit(units.seconds),
            decimals(1),
            { id: 'mappings', value: lastingMappings('transparent') },
            ...filled(lastingSteps(0)),
          ])
          .overrideByName(columns.good, [{ id: 'custom.width', value: 125 }, ...share])
          .overrideByName(columns.target, [{ id: 'custom.width', value: 90 }, ...share])
          .overrideByRegexp(`^(${columns.burnRate}|${columns.burnRateHour})$`, burning),
        shown,
        context,
      )
      if (context.alertsInPrometheus)
        panel.overrideByName(columns.alert, [
          { id: 'custom.width', value: 80 },
          { id: 'mappings', value: alertMappings },
          ...filled(alertSteps),
        ])
      return withOwners(panel, shown, context)
    },
    { width: 24, height: 8 },
    { fromRules: true },
  )

const alertMappings = [
  {
    type: 'value',
    options: {
      0: { text: '–', index: 0 },
      1: { text: 'Ticket', index: 1 },
      2: { text: 'Page', index: 2 },
    },
  },
]

const alertSteps = [
  { value: null, color: 'transparent' },
  { value: 1, color: colors.warning },
  { value: 2, color: colors.bad },
]

const rows = (title: string, description: string, queries: readonly Expression[]) => {
  const panel = new table.PanelBuilder()
    .title(title)
    .description(description)
    .cellHeight(common.TableCellHeight.Sm)
    .minWidth(80)
    .noValue(notEnoughData)
  for (const query of queries) panel.withTarget(tableTarget(query))
  return panel
}

const share = [unit(units.ratio), decimals(2), unknown]

const burning = [unit(units.factor), decimals(1), unknown, ...filled(burnSteps)]

/** Titles in place of names, and from each to its dashboard, where the set has one for each and a name alone leads there. */
const withObjectives = (
  panel: table.PanelBuilder,
  objectives: readonly Objective[],
  { linkable }: PanelContext,
): table.PanelBuilder =>
  panel.overrideByName('Objective', [
    titled(objectives),
    { id: 'custom.width', value: 240 },
    ...(linkable.has('objective') ? [linkTo('objective')] : []),
  ])

/** The same of what an objective belongs to, and the addresses of who and what helps. */
const withOwners = (
  panel: table.PanelBuilder,
  objectives: readonly Objective[],
  { linkable }: PanelContext,
): table.PanelBuilder => {
  const features = objectives.map(({ feature }) => feature)
  panel
    .overrideByName('Feature', [
      titled(features),
      ...(linkable.has('feature') ? [linkTo('feature')] : []),
    ])
    .overrideByName('Owner', [titled(features.map(({ owner }) => owner))])
  for (const { title } of help)
    panel.overrideByName(title, [
      { id: 'custom.width', value: 90 },
      { id: 'mappings', value: [said('Open')] },
      { id: 'links', value: [{ title: `${title}: \${__value.raw}`, url: '${__value.raw}' }] },
    ])
  return panel
}

/** A word in place of an address. */
const said = (word: string) => ({
  type: 'regex',
  options: { pattern: '.+', result: { text: word, color: colors.first, index: 0 } },
})

const customerColumns = {
  good: 'Good',
  bad: 'Bad events',
  total: 'Events',
  burnRate: columns.burnRateHour,
} as const

/** Who met bad events of an objective in the last hour. */
export const customersHit = (
  { matchers, navigation, objective }: ObjectiveView,
  context: PanelContext,
) => {
  const { dimension } = context
  const title = capitalized(dimension)
  const of = hitOf(objective, dimension, matchers)
  const panel = hourTable(
    `${title}s hit`,
    `Who met bad events in the last hour, worst first. Those without a label of their own are not among them.`,
    [{ label: dimension, title }],
    of,
  ).noValue('Nobody seen')
  return navigation === undefined
    ? panel
    : panel.overrideByName(title, [{ id: 'links', value: [zoomIn(navigation.customer, context)] }])
}

/**
 * What one customer met of each objective in the last hour; needs `alerting`, whose rules it reads.
 * @param objectives those that know customers
 */
export const customerObjectives = (
  objectives: readonly Objective[],
  customer: string | VariableValue,
): SizedPanel =>
  sizedPanel(
    (context) =>
      withObjectives(
        hourTable(
          'Objectives',
          'What was promised, and what this customer met of it in the last hour, worst first.',
          [{ label: objectiveLabel, title: 'Objective' }],
          customerStandings(objectives, [
            customerMatcher(context.dimension, customer),
            environmentMatcher,
          ]),
        ),
        objectives,
        context,
      ),
    { width: 24, height: 6 },
    { fromRules: true, reads: typeof customer === 'object' ? [customer.variable] : [] },
  )

const hourTable = (
  title: string,
  description: string,
  by: readonly Key[],
  of: Readonly<Record<keyof typeof customerColumns, Expression>>,
) =>
  rows(title, description, [of.good, of.bad, of.total, of.burnRate])
    .transformations(joined(by, Object.values(customerColumns), customerColumns.good))
    .overrideByName(customerColumns.good, share)
    .overrideByRegexp('^(Bad events|Events)$', [unit(units.count), decimals(0)])
    .overrideByName(customerColumns.burnRate, burning)
