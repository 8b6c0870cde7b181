import type { Instrument, WebApp } from 'cx-definition'
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
  readonly targets: WebAppTargets
  readonly datadogUrl: string | undefined
  /** Names that the label `owner` can have. */
  readonly owners: readonly string[]
  readonly scope: Scope
}

export const inRange: Window = '$__range'

export const allSessions = ({ apps, scope }: WebAppView, window = inRange): Expression =>
  eventsIn(sessionsOf(apps), scope, window)

/** What did not happen is 0 where there were sessions, and unknown where nothing is told at all. */
export const allOf = (instrument: Instrument, view: WebAppView): Expression =>
  orZero(eventsIn(webEvents(instrument, view.apps), view.scope, inRange), allSessions(view))

/** How much of it in each point of a graph. */
export const perBar = (
  instrument: Instrument,
  { apps, scope }: WebAppView,
  by: readonly string[],
): Expression =>
  times(eventRate(webEvents(instrument, apps), scope, rateWindow, by), secondsPerPoint)

export const titlesOf = ({ apps }: WebAppView): string =>
  apps.map(({ title }) => title).join(' and ')
