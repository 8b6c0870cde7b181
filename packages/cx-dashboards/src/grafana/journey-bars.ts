import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge'
import * as common from '@grafana/grafana-foundation-sdk/common'
import { stepsIn, stepTitle } from '../promql/web-queries.ts'
import { colors, fixedColor, notEnoughData, thresholdColors, units } from './house-style.ts'
import { allFinished, type JourneyView, lastOf, taken } from './journey-view.ts'
import { instantTarget } from './query-target.ts'

const end = 'Finished'

/** One bar a step, as wide as it was entered often, and one for the end: Grafana has no funnel of its own. */
export const funnel = (view: JourneyView) => {
  const { journey, name } = view
  const panel = barGauge(
    `${name}: funnel`,
    'How often each step was entered in the time range, and how often the last one was completed.',
  )
  for (const step of journey.steps)
    panel.withTarget(
      instantTarget(taken(view, step, 'entered')).legendFormat(stepTitle(journey, step)),
    )
  return panel
    .withTarget(instantTarget(allFinished(view)).legendFormat(end))
    .overrideByName(end, [fixedColor(colors.good)])
}

const weeks = 8

/** For who asks whether a feature is used, and more each week. By instants, since a graph's last point may be a week old. */
export const useOverWeeks = ({ journey, name, scope }: JourneyView) => {
  const panel = barGauge(
    `${name}: use over weeks`,
    'Journeys finished in each of the last weeks, as far back as Prometheus remembers.',
  )
  for (let ago = weeks - 1; ago >= 0; ago -= 1) {
    const finishedThen = stepsIn(
      journey,
      lastOf(journey),
      'completed',
      scope,
      '1w',
      ago === 0 ? undefined : `${ago}w`,
    )
    panel.withTarget(instantTarget(finishedThen).legendFormat(weekTitle(ago)))
  }
  return panel
}

const weekTitle = (ago: number): string =>
  ago === 0 ? 'last 7 days' : ago === 1 ? '1 week before' : `${ago} weeks before`

const barGauge = (title: string, description: string) =>
  new bargauge.PanelBuilder()
    .title(title)
    .description(description)
    .orientation(common.VizOrientation.Horizontal)
    .namePlacement(common.BarGaugeNamePlacement.Left)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    .valueMode(common.BarGaugeValueMode.Text)
    .showUnfilled(true)
    .minVizHeight(16)
    .maxVizHeight(60)
    .text(new common.VizTextDisplayOptionsBuilder().titleSize(14).valueSize(18))
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(thresholdColors(undefined))
    .unit(units.count)
    .decimals(0)
    .min(0)
    .noValue(notEnoughData)
