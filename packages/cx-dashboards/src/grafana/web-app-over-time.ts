import { errors as errorsInstrument, errorSessions, errorSources } from 'cx-definition'
import { over, scalar } from '../promql/expression.ts'
import { eventRate, labels } from '../promql/queries.ts'
import { sessionsOf } from '../promql/web-queries.ts'
import { inPalette, units } from './house-style.ts'
import { barPanel, seriesPanel, stacked } from './over-time.ts'
import { rangeTarget } from './query-target.ts'
import { perBar, titleIn, troubleOf, type WebAppView } from './web-app-view.ts'

export const sessions = (view: WebAppView) =>
  inPalette(
    barPanel('Sessions over time', 'Sessions begun in each bar, by web app.')
      .stacking(stacked())
      .withTarget(
        rangeTarget(perBar(sessionsOf(view.apps), view, [labels.app]), `{{${labels.app}}}`),
      ),
    view.apps.map(({ name }) => name),
  )

export const errorsByOwner = (view: WebAppView) =>
  inPalette(
    barPanel(
      titleIn(view, 'Errors over time, by owner'),
      'Errors in each bar, by the team they belong to.',
    )
      .axisSoftMax(1)
      .stacking(stacked())
      .withTarget(
        rangeTarget(
          perBar(troubleOf(view, errorsInstrument), view, [labels.owner]),
          `{{${labels.owner}}}`,
        ),
      ),
    view.owners,
  )

export const errorsBySource = (view: WebAppView) =>
  inPalette(
    barPanel(
      titleIn(view, 'Errors over time, by source'),
      'Errors in each bar, by how they became known.',
    )
      .axisSoftMax(1)
      .stacking(stacked())
      .withTarget(
        rangeTarget(
          perBar(troubleOf(view, errorsInstrument), view, [labels.source]),
          `{{${labels.source}}}`,
        ),
      ),
    errorSources,
  )

export const sessionsHit = (view: WebAppView) =>
  inPalette(
    seriesPanel(
      titleIn(view, 'Sessions hit over time, by owner'),
      'Share of the sessions begun around each point that met an error of the team; gaps are times without a session.',
    )
      .unit(units.ratio)
      .min(0)
      .withTarget(
        rangeTarget(
          over(
            eventRate(troubleOf(view, errorSessions), view.scope, '10m', [labels.owner]),
            scalar(eventRate(sessionsOf(view.apps), view.scope, '10m')),
          ),
          `{{${labels.owner}}}`,
        ),
      ),
    view.owners,
  )
