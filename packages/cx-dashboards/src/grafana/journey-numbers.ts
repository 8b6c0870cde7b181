import { spokenPercent } from 'cx-definition'
import { atMostOne, type Expression, over } from '../promql/expression.ts'
import { notEnoughData, units } from './house-style.ts'
import { allBegun, allFinished, type JourneyView } from './journey-view.ts'
import { numberPanel } from './numbers.ts'

export const begun = (view: JourneyView) =>
  amount(
    allBegun(view),
    `${view.name}: begun`,
    'How often the first step was entered in the time range.',
  )

export const finished = (view: JourneyView) =>
  amount(
    allFinished(view),
    `${view.name}: finished`,
    'How often the last step was completed in the time range.',
  )

export const completion = (view: JourneyView) =>
  share(
    view,
    over(allFinished(view), allBegun(view)),
    `${view.name}: completed`,
    'Share of the journeys begun in the time range whose last step was completed. Near the ends of the range a journey may lie across them.',
  )

export const reached = (view: JourneyView) => {
  const { journey, scope } = view
  const before = journey.follows ?? journey
  return share(
    view,
    atMostOne(over(allBegun(view), allFinished({ journey: before, scope }))),
    `Reached ${journey.app.title}`,
    `Share of those who finished “${before.title}” in the time range that came as far as “${journey.title}”.`,
  )
}

const amount = (expression: Expression, title: string, description: string) =>
  numberPanel(expression, { title, description, none: notEnoughData }).unit(units.count).decimals(0)

const share = (
  { targets: { completion: target } }: JourneyView,
  expression: Expression,
  title: string,
  description: string,
) =>
  numberPanel(expression, {
    title,
    description: target ? `${description} Target: ${spokenPercent(target)}.` : description,
    line: target && { value: target.ratio, better: 'higher' },
    none: notEnoughData,
  })
    .unit(units.ratio)
    .decimals(1)
    .min(0)
