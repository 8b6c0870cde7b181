import type { EventCount, Feature, Instrument, WebApp } from 'cx-definition'
import {
  type Expression,
  orZero,
  secondsPerPoint,
  times,
  type Window,
} from '../promql/expression.ts'
import { eventRate, eventsIn, type Scope } from '../promql/queries.ts'
import { sessionsOf, webEvents } from '../promql/web-queries.ts'
import { rateWindow } from './over-time.ts'
import type { WebAppTargets } from './web-app-graph.ts'

/** What the panels of web apps are made from. */
export interface WebAppView {
  readonly apps: readonly WebApp[]
  /** Whose errors alone are told; all where none is given. */
  readonly feature: Feature | undefined
  readonly targets: WebAppTargets
  readonly datadogUrl: string | undefined
  /** Names that the label `owner` can have. */
  readonly owners: readonly string[]
  readonly scope: Scope
}

export const inRange: Window = '$__range'

export const allSessions = ({ apps, scope }: WebAppView, window = inRange): Expression =>
  eventsIn(sessionsOf(apps), scope, window)

/** What went wrong, as far as it is asked for. */
export const troubleOf = ({ apps, feature }: WebAppView, instrument: Instrument): EventCount =>
  webEvents(instrument, apps, feature)

/** What did not happen is 0 where there were sessions, and unknown where nothing is told at all. */
export const allOf = (instrument: Instrument, view: WebAppView): Expression =>
  orZero(eventsIn(troubleOf(view, instrument), view.scope, inRange), allSessions(view))

/** How much of it in each point of a graph. */
export const perBar = (
  count: EventCount,
  { scope }: WebAppView,
  by: readonly string[],
): Expression => times(eventRate(count, scope, rateWindow, by), secondsPerPoint)

export const titlesOf = ({ apps }: WebAppView): string =>
  apps.map(({ title }) => title).join(' and ')

/** A panel's title, told apart from the one of all errors. */
export const titleIn = ({ feature }: WebAppView, title: string): string =>
  feature ? `${feature.title}: ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title

/** Where a panel's errors are. */
export const placesOf = (view: WebAppView): string =>
  view.feature ? `${view.feature.title}, seen in ${titlesOf(view)},` : titlesOf(view)
