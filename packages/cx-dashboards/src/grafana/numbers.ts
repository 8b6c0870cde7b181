import * as common from '@grafana/grafana-foundation-sdk/common'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import { type Failures, placeholders, spokenDuration, spokenPercent } from 'cx-definition'
import { customerCount } from '../promql/error-ratio.ts'
import { type Expression, orZero, over } from '../promql/expression.ts'
import { equals, type Matcher } from '../promql/matcher.ts'
import {
  averageDuration,
  badEventsIn,
  eventsIn,
  goodRatio,
  quantileDuration,
} from '../promql/queries.ts'
import type { GraphView } from './graph.ts'
import {
  capitalized,
  type Line,
  noTraffic,
  noTrafficMapping,
  thresholdColors,
  units,
} from './house-style.ts'
import type { PanelContext } from './panel.ts'
import { instantTarget } from './query-target.ts'
import { latencyStatistics, type LatencyStatistic } from './targets.ts'

export const countedFailures = (failures: Failures): string =>
  failures === 'server_errors' ? 'Client errors do not count.' : 'Client errors count.'

export const availability = (view: GraphView, context: PanelContext) => {
  const { failures, glance, glanceWords, indicator, targets } = view
  const target = targets.availability
  const promise = target ? ` Target: ${spokenPercent(target)}.` : ''
  return numberPanel(goodRatio(indicator, view.scope(context), glance), {
    title: 'Availability',
    description: `Share of requests answered without failure in ${glanceWords}. ${countedFailures(failures)}${promise}`,
    line: target && { value: target.ratio, better: 'higher' },
  })
    .unit(units.ratio)
    .decimals(2)
    .min(0)
    .max(1)
}

export const latency = (view: GraphView, context: PanelContext, statistic: LatencyStatistic) => {
  const { glanceWords, targets } = view
  const target = targets.latency?.[statistic]
  const promise = target ? ` Target: at most ${spokenDuration(target)}.` : ''
  return numberPanel(latencyExpression(view, context, statistic, view.glance), {
    title: latencyStatistics[statistic].title,
    description: `Time to answer requests that succeeded, ${latencyStatistics[statistic].spoken.replace(' of requests', ' of them')}, in ${glanceWords}.${promise}`,
    line: target && { value: target.seconds, better: 'lower' },
  }).unit(units.seconds)
}

export const latencyExpression = (
  view: GraphView,
  context: PanelContext,
  statistic: LatencyStatistic,
  window: string,
  by: readonly string[] = [],
): Expression => {
  const chosen = latencyStatistics[statistic]
  const scope = view.scope(context)
  return 'quantile' in chosen
    ? quantileDuration(chosen.quantile, view.succeeded, scope, window, by)
    : averageDuration(view.succeeded, scope, window, by)
}

export const requests = (view: GraphView, context: PanelContext) =>
  numberPanel(eventsIn(view.indicator.total, view.scope(context), view.glance), {
    title: 'Requests',
    description: `Requests answered in ${view.glanceWords}.`,
  })
    .unit(units.count)
    .decimals(0)

export const failedRequests = (view: GraphView, context: PanelContext) =>
  numberPanel(badEventsIn(view.failed, view.indicator.total, view.scope(context), view.glance), {
    title: 'Failed requests',
    description: `Requests that failed in ${view.glanceWords}. ${countedFailures(view.failures)}`,
    // increase() extrapolates, so none at all is below a half, not at 0.
    line: { value: 0.5, better: 'lower' },
  })
    .unit(units.count)
    .decimals(0)

export const customersHit = (view: GraphView, context: PanelContext) => {
  const { dimension } = context
  const { matchers, ...scope } = view.scope(context)
  const failedFor = (matcher: Matcher) =>
    badEventsIn(
      view.failed,
      view.indicator.total,
      { ...scope, matchers: [...matchers, matcher] },
      view.glance,
      [dimension],
    )
  return numberPanel(customerCount(failedFor, dimension, [], [placeholders.rest]), {
    title: `${capitalized(dimension)}s hit`,
    description: `At least so many met failures in ${view.glanceWords}: the label ${placeholders.rest} counts as two, ${placeholders.missing} and ${placeholders.malformed} as nobody. ${countedFailures(view.failures)}`,
    line: { value: 1, better: 'lower' },
  })
    .unit(units.count)
    .decimals(0)
}

export const otherCustomers = (view: GraphView, context: PanelContext) => {
  const { dimension } = context
  const { matchers, ...scope } = view.scope(context)
  const { total } = view.indicator
  const all = eventsIn(total, { ...scope, matchers }, view.glance)
  const others = eventsIn(
    total,
    { ...scope, matchers: [...matchers, equals(dimension, placeholders.rest)] },
    view.glance,
  )
  return numberPanel(over(orZero(others, all), all), {
    title: 'Counted as other',
    description: `Share of requests in ${view.glanceWords} whose ${dimension} has no label of its own, since there are more than the catalog’s limit.`,
  })
    .unit(units.ratio)
    .decimals(1)
}

interface NumberOptions {
  readonly title: string
  readonly description: string
  readonly line?: Line | undefined
  /** What is said where there is nothing to show. */
  readonly none?: string
}

export const numberPanel = (
  expression: Expression,
  { description, line, none = noTraffic, title }: NumberOptions,
) =>
  new stat.PanelBuilder()
    .title(title)
    .description(description)
    .noValue(none)
    .mappings([noTrafficMapping('text', none)])
    .thresholds(thresholdColors(line))
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .withTarget(instantTarget(expression))
