import type * as stat from '@grafana/grafana-foundation-sdk/stat'
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import { budgetRatio, days, spokenPercent, spokenWindow } from 'cx-definition'
import type { Expression } from '../promql/expression.ts'
import { never, standing as standingOf } from '../promql/objective-queries.ts'
import { goodRatio } from '../promql/queries.ts'
import { environmentScope } from './environment.ts'
import { colors, noTrafficMapping, notEnoughData, thresholds, units } from './house-style.ts'
import { numberPanel } from './numbers.ts'
import type { ObjectiveView } from './objective-graph.ts'
import type { PanelContext } from './panel.ts'

export const standing = (
  { matchers, objective }: ObjectiveView,
  { dimension, recorded }: PanelContext,
): stat.PanelBuilder => {
  const { indicator, target, title, window } = objective
  const promised = `Promised: ${spokenPercent(target)} over ${spokenWindow(window)}.`
  const [expression, span] = recorded
    ? [standingOf(objective, matchers).good, spokenWindow(window)]
    : [goodRatio(indicator, environmentScope(dimension), '$__range'), 'the time range']
  return numberPanel(expression, {
    title,
    description: `Share of ${indicator.description} in ${span}. ${promised}`,
    line: { value: target.ratio, better: 'higher' },
    none: notEnoughData,
  })
    .unit(units.ratio)
    .decimals(decimalsOf(target.ratio))
    .min(0)
    .max(1)
}

/** As many as tell a target from the next one: 99.9 % needs two, 99.99 % three. */
const decimalsOf = (ratio: number): number =>
  Math.max(2, Math.ceil(-Math.log10(budgetRatio({ ratio }))))

/** A quarter is time to be careful; below 0 the promise is broken. */
export const budgetSteps: readonly dashboard.Threshold[] = [
  { value: null, color: colors.bad },
  { value: 0, color: colors.warning },
  { value: 0.25, color: colors.good },
]

export const budgetLeft = ({ matchers, objective }: ObjectiveView) =>
  ofBudget(
    standingOf(objective, matchers).budgetLeft,
    'Budget left',
    `What is left of the bad events that ${spokenWindow(objective.window)} may hold, in percent; below 0 the promise is broken.`,
    budgetSteps,
  )
    .unit(units.ratio)
    .decimals(1)

export const eventsLeft = ({ matchers, objective }: ObjectiveView) =>
  ofBudget(
    standingOf(objective, matchers).eventsLeft,
    'Bad events left',
    `How many bad events ${spokenWindow(objective.window)} may still hold, by what has happened so far.`,
    [
      { value: null, color: colors.bad },
      { value: 0, color: colors.good },
    ],
  )
    .unit(units.count)
    .decimals(0)

/** Words for what no duration says. */
export const lastingMappings = (unknownColor: string): dashboard.ValueMapping[] => [
  noTrafficMapping(unknownColor, notEnoughData),
  {
    type: dashboard.MappingType.ValueToText,
    options: { '0': { text: 'Nothing left', color: colors.bad, index: 1 } },
  },
  {
    type: dashboard.MappingType.RangeToText,
    options: {
      from: never / 10,
      to: null,
      result: { text: 'Nothing is spent', color: colors.good, index: 2 },
    },
  },
]

/** Less than a day is for today, less than a window is not what was promised. */
export const lastingSteps = (windowSeconds: number): dashboard.Threshold[] => [
  { value: null, color: colors.bad },
  { value: days(1).seconds, color: colors.warning },
  { value: windowSeconds, color: colors.good },
]

export const lasts = ({ matchers, objective }: ObjectiveView) =>
  ofBudget(
    standingOf(objective, matchers).lasts,
    'Runs out in',
    'How long what is left lasts at the last day’s burn rate.',
    lastingSteps(objective.window.seconds),
  )
    .mappings(lastingMappings('text'))
    .unit(units.seconds)
    .decimals(1)

/** At 1 the budget lasts exactly its window. */
export const burnSteps: readonly dashboard.Threshold[] = [
  { value: null, color: colors.good },
  { value: 1, color: colors.warning },
  { value: 6, color: colors.bad },
]

export const burnRate = ({ matchers, objective }: ObjectiveView) =>
  ofBudget(
    standingOf(objective, matchers).burnRate,
    'Burn rate now',
    `How fast the last five minutes spend the budget; at 1 it lasts exactly ${spokenWindow(objective.window)}.`,
    burnSteps,
  )
    .unit(units.factor)
    .decimals(1)

const ofBudget = (
  expression: Expression,
  title: string,
  description: string,
  steps: readonly dashboard.Threshold[],
): stat.PanelBuilder =>
  numberPanel(expression, { title, description, none: notEnoughData }).thresholds(thresholds(steps))
