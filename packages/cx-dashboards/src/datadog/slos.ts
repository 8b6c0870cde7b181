import {
  attributes,
  type Objective,
  type ObjectiveWindow,
  partsOf,
  spokenPercent,
  spokenWindow,
} from 'cx-definition'
import { type DatadogContext, markTags } from './datadog-context.ts'
import type { DatadogObject } from './datadog-object.ts'
import { countQuery, isInContract, tagFilter, tagValue } from './metric-query.ts'
import { plainText } from './plain-text.ts'

/** An SLO for each objective whose events Datadog has. */
export const datadogSlos = (context: DatadogContext): readonly DatadogObject[] =>
  objectivesInDatadog(context).map((objective) => slo(objective, context))

/** Those on metrics that are not of the contract are known there by other names. */
export const objectivesInDatadog = ({
  catalog,
}: Pick<DatadogContext, 'catalog'>): readonly Objective[] =>
  catalog.objectives.filter(({ indicator }) =>
    [indicator.good, indicator.total]
      .flatMap(partsOf)
      .every((part) => isInContract(part.instrument)),
  )

const slo = (objective: Objective, context: DatadogContext): DatadogObject => {
  const { feature, indicator, name, target, title, window } = objective
  const { owner } = feature
  const scope = scopeOf(context)
  const json = {
    type: 'metric',
    name: plainText(title),
    description: `${spokenPercent(target)} of ${plainText(indicator.description)} over ${spokenWindow(window)}${insteadOf(objective)}. Feature: ${plainText(feature.title)}. Owner: ${plainText(owner.title)}. Generated from the catalog: change it there.`,
    tags: [
      ...markTags(context, name),
      `team:${owner.name}`,
      `feature:${feature.name}`,
      `env:${tagValue(context.monitors.environment)}`,
    ],
    thresholds: [{ timeframe: timeframeOf(window), target: percentOf(target.ratio) }],
    sli_specification: {
      count: {
        good_events_formula: { formula: 'good' },
        total_events_formula: { formula: 'total' },
        queries: [
          { data_source: 'metrics', name: 'good', query: countQuery(indicator.good, scope) },
          { data_source: 'metrics', name: 'total', query: countQuery(indicator.total, scope) },
        ],
      },
    },
  }
  return { kind: 'slo', name, title, json }
}

/** What SLOs and monitors look at: one environment, so that staging pages nobody. */
export const scopeOf = ({ catalog, monitors }: Pick<DatadogContext, 'catalog' | 'monitors'>) => ({
  dimension: catalog.dimension.name,
  filters: [tagFilter(attributes.environment, [monitors.environment])],
})

/**
 * For a monitor's arithmetic. Where one of them has no events, counts are taken for 0 as they are: `default_zero` would change nothing
 * but that the monitor may no longer say what is to be where there are none at all (https://docs.datadoghq.com/dashboards/functions/interpolation).
 */
export const eventQueries = ({ indicator }: Objective, context: DatadogContext) => {
  const good = countQuery(indicator.good, scopeOf(context))
  const total = countQuery(indicator.total, scopeOf(context))
  return {
    bad: `(${total} - ${good})`,
    /** How many more failed than a share of all. Each query stands as seldom as can be. */
    over: (share: number) => `${rounded(1 - share)} * ${total} - ${good}`,
  }
}

const rounded = (value: number): number => Number(value.toPrecision(10))

/** Datadog knows 7, 30 and 90 days. */
export const timeframeOf = ({ calendar, seconds }: ObjectiveWindow): '7d' | '30d' | '90d' => {
  if (calendar !== undefined) return calendar === 'quarter' ? '90d' : '30d'
  if (seconds <= 7 * day) return '7d'
  return seconds <= 30 * day ? '30d' : '90d'
}

const day = 86_400

/** What Datadog cannot count is said, in an SLO's description. */
const insteadOf = ({ target, window }: Objective): string => {
  const timeframe = timeframeOf(window)
  const sameWindow =
    window.calendar === undefined && window.seconds === Number.parseInt(timeframe, 10) * day
  const percent = percentOf(target.ratio)
  const here = [
    ...(percent === Number((target.ratio * 100).toPrecision(12)) ? [] : [`${percent} %`]),
    ...(sameWindow ? [] : [timeframe.replace('d', ' days')]),
  ]
  return here.length === 0 ? '' : ` (here ${here.join(' and ')}, which is what Datadog can count)`
}

/** Rounded, since 0.999 times 100 is not 99.9 in binary; down to the three decimals that an SLO may have (https://docs.datadoghq.com/service_level_objectives/metric). */
const percentOf = (ratio: number): number =>
  Math.floor(Number((ratio * 100_000).toPrecision(12))) / 1000
