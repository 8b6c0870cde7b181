import type { JourneyEvent } from 'cx-definition'
import { type Expression, secondsPerPoint, times } from '../promql/expression.ts'
import { labels, quantileDuration } from '../promql/queries.ts'
import { eachStep, stepRate, stepTimes, stepTitle } from '../promql/web-queries.ts'
import { colors, fixedColor, paletteColor, units } from './house-style.ts'
import { firstOf, type JourneyView, lastOf } from './journey-view.ts'
import { barPanel, rateWindow, seriesPanel, stacked } from './over-time.ts'
import { rangeTarget } from './query-target.ts'

export const journeys = (view: JourneyView) =>
  barPanel(
    `${view.name}: begun and finished`,
    'Journeys in each bar, at the rate of the last four scrapes or more.',
  )
    .axisSoftMax(1)
    .overrideByName('begun', [fixedColor(colors.neutral)])
    .overrideByName('finished', [fixedColor(colors.good)])
    .withTarget(rangeTarget(perBar(view, firstOf(view.journey), 'entered'), 'begun'))
    .withTarget(rangeTarget(perBar(view, lastOf(view.journey), 'completed'), 'finished'))

export const failures = (view: JourneyView) => {
  const { journey, name } = view
  const panel = barPanel(
    `${name}: failed tries`,
    'Tries to complete a step that the software failed, in each bar. A refused input is not among them.',
  )
    .axisSoftMax(1)
    .stacking(stacked())
    .withTarget(
      rangeTarget(
        eachStep(journey, (step) => perBar(view, step, 'failed')),
        `{{${labels.step}}}`,
      ),
    )
  for (const [step, color] of stepColors(view)) panel.overrideByName(step, [fixedColor(color)])
  return panel
}

export const stepTime = (view: JourneyView) => {
  const { journey, name, scope } = view
  const panel = seriesPanel(
    `${name}: time in each step`,
    'Median time from entering a step to completing it, over the ten minutes before each point.',
  )
    .unit(units.seconds)
    .min(0)
    .withTarget(
      rangeTarget(
        eachStep(journey, (step) => quantileDuration(0.5, stepTimes(journey, step), scope, '10m')),
        `{{${labels.step}}}`,
      ),
    )
  for (const [step, color] of stepColors(view)) panel.overrideByName(step, [fixedColor(color)])
  return panel
}

const perBar = ({ journey, scope }: JourneyView, step: string, event: JourneyEvent): Expression =>
  times(stepRate(journey, step, event, scope, rateWindow), secondsPerPoint)

const stepColors = ({ journey }: JourneyView) =>
  journey.steps.map((step, index) => [stepTitle(journey, step), paletteColor(index)] as const)
