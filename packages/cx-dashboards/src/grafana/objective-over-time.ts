import * as common from '@grafana/grafana-foundation-sdk/common'
import {
  type BurnRate,
  possibleBurnRates,
  type Severity,
  shortDuration,
  spokenWindow,
} from 'cx-definition'
import { standing as standingOf, tierBurnRates } from '../promql/objective-queries.ts'
import {
  colors,
  fixedColor,
  notEnoughData,
  paletteColor,
  thresholdLines,
  units,
} from './house-style.ts'
import type { ObjectiveView } from './objective-graph.ts'
import { barPanel, dashed, seriesPanel } from './over-time.ts'
import { rangeTarget } from './query-target.ts'

/** Each tier in a colour of its own: its long window as a line, its short one thin and dotted, and what it alerts above dashed. */
export const windows = ({ matchers, objective }: ObjectiveView, severity: Severity) => {
  const tiers = possibleBurnRates(objective).filter((tier) => tier.severity === severity)
  const lines = tiers.map(({ factor }, index) => ({ value: factor, color: paletteColor(index) }))
  const panel = seriesPanel(
    `Burn rates of ${severity}s`,
    `A ${severity} is raised where both windows of a tier are above the dashed line of its colour. Where failures are few, a long window counts only what is beyond chance.`,
  )
    .unit(units.factor)
    .min(0)
    .axisSoftMax(1.1 * Math.max(...lines.map(({ value }) => value), 1))
    .thresholds(thresholdLines(lines))
    .thresholdsStyle(dashed())
  for (const [index, tier] of tiers.entries()) {
    const rates = tierBurnRates(objective, tier, matchers)
    const [long, short] = legends(tier)
    panel
      .withTarget(rangeTarget(rates.long, long))
      .withTarget(rangeTarget(rates.short, short))
      .overrideByName(long, [fixedColor(paletteColor(index))])
      .overrideByName(short, [
        fixedColor(paletteColor(index)),
        { id: 'custom.lineWidth', value: 1 },
        { id: 'custom.fillOpacity', value: 0 },
        { id: 'custom.lineStyle', value: { fill: 'dot', dash: [2, 4] } },
      ])
  }
  return panel
}

/** Two tiers may look at the same windows in two ways, and names tell lines apart. */
const legends = ({ evidence, factor, long, short }: BurnRate): [string, string] => {
  const spent = evidence === 'budget_spent' ? ', spent' : ''
  return [`${shortDuration(long)}${spent} (above ${factor})`, `${shortDuration(short)}${spent}`]
}

export const budget = ({ matchers, objective }: ObjectiveView) =>
  seriesPanel(
    'Budget left',
    `What is left of the budget of ${spokenWindow(objective.window)} at each moment, over as long; at 0 the promise is broken.`,
  )
    .noValue(notEnoughData)
    .timeFrom(`${Math.round(objective.window.seconds / 86_400)}d`)
    .unit(units.ratio)
    .max(1)
    .axisSoftMin(0)
    .thresholds(thresholdLines([{ value: 0, color: colors.bad }]))
    .thresholdsStyle(dashed())
    .overrideByName('left', [fixedColor(colors.first)])
    .withTarget(rangeTarget(standingOf(objective, matchers).budgetLeft, 'left'))

export const standing = ({ matchers, objective }: ObjectiveView) =>
  seriesPanel(
    'Good events',
    `Share of ${objective.indicator.description} in five minutes; gaps are times without events.`,
  )
    .unit(units.ratio)
    .max(1)
    .axisSoftMin(Math.max(0, Number((2 * objective.target.ratio - 1).toPrecision(6))))
    .thresholds(thresholdLines([{ value: objective.target.ratio, color: colors.bad }]))
    .thresholdsStyle(dashed())
    .overrideByName('good', [fixedColor(colors.first)])
    .withTarget(rangeTarget(standingOf(objective, matchers).goodNow, 'good'))

export const events = ({ matchers, objective }: ObjectiveView) => {
  const { badNow, totalNow } = standingOf(objective, matchers)
  return barPanel('Events', 'Events of five minutes at each moment, and the bad ones among them.')
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.None).group('A'))
    .overrideByName('all', [fixedColor(colors.neutral)])
    .overrideByName('bad', [fixedColor(colors.bad)])
    .withTarget(rangeTarget(totalNow, 'all'))
    .withTarget(rangeTarget(badNow, 'bad'))
}
