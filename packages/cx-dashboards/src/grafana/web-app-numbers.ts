import { errors as errorsInstrument, errorSessions, spokenPercent } from 'cx-definition'
import { over } from '../promql/expression.ts'
import { notEnoughData, units } from './house-style.ts'
import { numberPanel } from './numbers.ts'
import { allOf, allSessions, placesOf, titleIn, titlesOf, type WebAppView } from './web-app-view.ts'

export const sessions = (view: WebAppView) =>
  numberPanel(allSessions(view), {
    title: 'Sessions',
    description: `Sessions begun in ${titlesOf(view)} in the time range; 30 minutes without activity end one.`,
    none: notEnoughData,
  })
    .unit(units.count)
    .decimals(0)

export const errors = (view: WebAppView) =>
  numberPanel(allOf(errorsInstrument, view), {
    title: titleIn(view, 'Errors'),
    description: `Errors in ${placesOf(view)} in the time range, whoever owns them.`,
    // increase() extrapolates, so none at all is below a half, not at 0.
    line: { value: 0.5, better: 'lower' },
    none: notEnoughData,
  })
    .unit(units.count)
    .decimals(0)

export const sessionsHit = (view: WebAppView) => {
  const target = view.targets.sessionsHit
  return numberPanel(over(allOf(errorSessions, view), allSessions(view)), {
    title: titleIn(view, 'Sessions hit'),
    description: [
      `Share of the sessions in ${titlesOf(view)} in the time range that met an error${hitWords(view)}.`,
      ...(target ? [`Target: at most ${spokenPercent(target)}.`] : []),
    ].join(' '),
    line: target && { value: target.ratio, better: 'lower' },
    none: notEnoughData,
  })
    .unit(units.ratio)
    .decimals(1)
    .min(0)
}

/** A session counts once for each owner, where its first error was. */
const hitWords = ({ feature }: WebAppView): string =>
  feature
    ? ` of ${feature.title}. One that met an error of the same team elsewhere before is counted there, so it is at least this`
    : '. One that met errors of two owners counts twice, so it is at most this'
