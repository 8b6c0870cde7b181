import * as common from '@grafana/grafana-foundation-sdk/common'
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import type { Outcome } from 'cx-definition'
import { secondsPerPoint, times } from '../promql/expression.ts'
import { eventRate, goodRatio, labels } from '../promql/queries.ts'
import type { GraphView } from './graph.ts'
import { colors, fixedColor, inPalette, legend, thresholdLines, units } from './house-style.ts'
import { latencyExpression } from './numbers.ts'
import type { PanelContext } from './panel.ts'
import { rangeTarget } from './query-target.ts'
import { latencyStatistics, type LatencyStatistic } from './targets.ts'

// Grafana's own window for rate(): at least four scrapes, and no gap between two points.
export const rateWindow = '$__rate_interval'

export const availability = (view: GraphView, context: PanelContext) => {
  const target = view.targets.availability?.ratio
  return seriesPanel(
    'Availability',
    'Share of requests answered without failure; gaps are times without traffic.',
  )
    .unit(units.ratio)
    .decimals(2)
    .max(1)
    .axisSoftMin(lowestOfInterest(target))
    .thresholds(thresholdLines(target === undefined ? [] : [{ value: target, color: colors.bad }]))
    .thresholdsStyle(dashed())
    .overrideByName('availability', [fixedColor(colors.first)])
    .withTarget(
      rangeTarget(goodRatio(view.indicator, view.scope(context), rateWindow), 'availability'),
    )
}

/** As far below the target as the target is below 100 %, or there would be nothing but a line at the top. */
const lowestOfInterest = (target = 0.99): number =>
  Math.min(0.98, Number((2 * target - 1).toPrecision(6)))

const latencyColors = { average: colors.first, p95: colors.second, p99: colors.third } as const

export const latency = (view: GraphView, context: PanelContext) => {
  const statistics = Object.keys(latencyStatistics) as LatencyStatistic[]
  // A target has the colour of what it is a target for.
  const lines = statistics.flatMap((statistic) => {
    const target = view.targets.latency?.[statistic]
    return target ? [{ value: target.seconds, color: latencyColors[statistic] }] : []
  })
  const panel = seriesPanel(
    'Latency',
    'Time to answer requests that succeeded; a dashed line is the target of the line of its colour.',
  )
    .unit(units.seconds)
    .min(0)
    // A target that nothing comes near must be seen as well.
    .axisSoftMax(Math.max(0, ...lines.map(({ value }) => value)) * 1.1)
    .thresholds(thresholdLines(lines))
    .thresholdsStyle(dashed())
  for (const statistic of statistics) {
    const name = latencyStatistics[statistic].legend
    panel
      .overrideByName(name, [fixedColor(latencyColors[statistic])])
      .withTarget(rangeTarget(latencyExpression(view, context, statistic, rateWindow), name))
  }
  return panel
}

const outcomeColors = {
  success: colors.good,
  client_error: colors.warning,
  server_error: colors.bad,
} as const satisfies Record<Outcome, string>

export const requests = (view: GraphView, context: PanelContext) => {
  const perSecond = eventRate(view.indicator.total, view.scope(context), rateWindow, [
    labels.outcome,
  ])
  // increase() over a bar's own width would need several scrapes in each, and is empty with fewer.
  const perBar = times(perSecond, secondsPerPoint)
  const panel = barPanel(
    'Requests',
    'Requests in each bar, by outcome, at the rate of the last four scrapes or more.',
  )
    .stacking(stacked())
    .withTarget(rangeTarget(perBar, `{{${labels.outcome}}}`))
  for (const [outcome, color] of Object.entries(outcomeColors)) {
    panel.overrideByName(outcome, [fixedColor(color)])
  }
  return panel
}

export const requestRate = (view: GraphView, context: PanelContext) => {
  const by = [labels.method, labels.route]
  const perSecond = eventRate(view.indicator.total, view.scope(context), rateWindow, by)
  const covered = context.operationsOf(view.service).filter((operation) => view.covers(operation))
  const names = [...new Set(covered.map(({ method, route }) => `${method} ${route}`))]
  const panel = seriesPanel('Request rate', 'Requests a second, by operation.')
    .unit(units.rate)
    .min(0)
    .withTarget(rangeTarget(perSecond, `{{${labels.method}}} {{${labels.route}}}`))
  // Of more, nobody could tell the colours apart.
  if (names.length > mostLines) return panel
  if (names.length > mostBelow) panel.legend(legend(common.LegendPlacement.Right))
  return inPalette(panel, names)
}

const mostLines = 14
// Grafana gives a legend below at most 35 % of the panel, three lines of ours, and cuts the next one.
const mostBelow = 6

/** Counts in bars, each as wide as several scrapes. */
export const barPanel = (title: string, description: string) =>
  seriesPanel(title, description)
    .unit(units.count)
    .min(0)
    .interval('30s')
    .drawStyle(common.GraphDrawStyle.Bars)
    .fillOpacity(80)
    .lineWidth(0)

export const stacked = () =>
  new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A')

export const seriesPanel = (title: string, description: string) =>
  new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .legend(legend())
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    )
    .lineWidth(2)
    .fillOpacity(8)
    .showPoints(common.VisibilityMode.Never)

export const dashed = () =>
  new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed)
