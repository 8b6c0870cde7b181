import * as common from '@grafana/grafana-foundation-sdk/common'
import * as table from '@grafana/grafana-foundation-sdk/table'
import { atLeastZero, type Expression, minus, over } from '../promql/expression.ts'
import { labels, quantileDuration } from '../promql/queries.ts'
import { eachStep, stepTimes } from '../promql/web-queries.ts'
import { colors, fixedColor, notEnoughData, units } from './house-style.ts'
import { allBegun, inRange, type JourneyView, taken } from './journey-view.ts'
import { tableTarget } from './query-target.ts'
import { decimals, joined, unit, unknown } from './tables.ts'

const columns = [
  'Entered',
  'Completed',
  'Conversion',
  'Left',
  'Drop-off',
  'Failed tries',
  'Of all begun',
] as const

/** A row for each step, in their order: who came, who went on, who left, who was stopped. */
export const steps = (view: JourneyView) => {
  const entered = (step: string) => taken(view, step, 'entered')
  const completed = (step: string) => taken(view, step, 'completed')
  const left = (step: string) => atLeastZero(minus(entered(step), completed(step)))
  const expressions: ((step: string) => Expression)[] = [
    entered,
    completed,
    (step) => over(completed(step), entered(step)),
    left,
    (step) => over(left(step), entered(step)),
    (step) => taken(view, step, 'failed'),
    (step) => over(completed(step), allBegun(view)),
  ]
  return (
    stepTable(view, expressions, columns)
      .title(`${view.name}: steps`)
      .description(
        'Each step in the time range. Conversion: completed of entered. Left: entered and not completed, or still there; drop-off is their share. Failed tries: the software refused for a reason of its own.',
      )
      .overrideByRegexp('^(Entered|Completed|Left|Failed tries)$', [unit(units.count), decimals(0)])
      .overrideByRegexp('^(Conversion|Drop-off|Of all begun)$', [
        unit(units.ratio),
        decimals(1),
        unknown,
      ])
      // Where people stop is what one looks for.
      .overrideByName('Drop-off', [
        { id: 'min', value: 0 },
        { id: 'max', value: 1 },
        { id: 'custom.width', value: 170 },
        {
          id: 'custom.cellOptions',
          value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' },
        },
        fixedColor(colors.warning),
      ])
  )
}

const quantiles = { p50: 0.5, p75: 0.75, p90: 0.9 } as const

export const timeInSteps = (view: JourneyView) => {
  const { journey, name, scope } = view
  const expressions = Object.values(quantiles).map(
    (quantile) => (step: string) =>
      quantileDuration(quantile, stepTimes(journey, step), scope, inRange),
  )
  return stepTable(view, expressions, Object.keys(quantiles))
    .title(`${name}: time per step`)
    .description(
      'From entering a step to completing it: what a half, three quarters and nine tenths of people stayed below in the time range, as exact as the buckets are fine.',
    )
    .overrideByRegexp('^p\\d+$', [unit(units.seconds), unknown])
}

const stepTable = (
  { journey }: JourneyView,
  expressions: readonly ((step: string) => Expression)[],
  titles: readonly string[],
) => {
  const panel = new table.PanelBuilder()
    .cellHeight(common.TableCellHeight.Sm)
    .minWidth(80)
    .noValue(notEnoughData)
  for (const expressionOf of expressions)
    panel.withTarget(tableTarget(eachStep(journey, expressionOf)))
  return panel.transformations(joined([{ label: labels.step, title: 'Step' }], titles, 'Step'))
}
