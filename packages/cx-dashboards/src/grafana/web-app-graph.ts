import { type Feature, type Percent, percentProblems, type WebApp } from 'cx-definition'
import { environmentScope } from './environment.ts'
import { note } from './note.ts'
import { type Panel, type PanelSize, type SizedPanel, sizedPanel } from './panel.ts'
import * as numbers from './web-app-numbers.ts'
import * as overTime from './web-app-over-time.ts'
import * as tables from './web-app-tables.ts'
import type { WebAppView } from './web-app-view.ts'

export interface WebAppGraphOptions {
  readonly apps: readonly WebApp[]
  /** Narrows errors and the sessions they hit to those of one feature. */
  readonly feature?: Feature
  /** The apps' titles when left out. */
  readonly name?: string
  /** Markdown for the note; written from the apps when left out. */
  readonly description?: string
  readonly targets?: WebAppTargets
}

/** What panels are coloured by; it raises no alert. */
export interface WebAppTargets {
  /** The share of sessions that may meet an error. */
  readonly sessionsHit?: Percent
}

/** A view on one or more web apps, from which panels of every kind are taken. */
export interface WebAppGraph {
  readonly note: SizedPanel
  readonly sessions: SizedPanel
  readonly errors: SizedPanel
  /** The share of sessions that met an error. */
  readonly sessionsHit: SizedPanel
  readonly sessionsOverTime: SizedPanel
  readonly errorsByOwner: SizedPanel
  readonly errorsBySource: SizedPanel
  readonly errorsByOwnerOverTime: SizedPanel
  readonly errorsBySourceOverTime: SizedPanel
  readonly sessionsHitOverTime: SizedPanel
  readonly webVitals: SizedPanel
}

/** What a dashboard tells about web apps: who came, what broke and whose it is, how fast it felt. */
export const webAppGraph = ({
  apps,
  description = describe(apps),
  feature,
  name = apps.map(({ title }) => title).join(' and '),
  targets = {},
}: WebAppGraphOptions): WebAppGraph => {
  const problems = targets.sessionsHit
    ? percentProblems(
        `webAppGraph(${JSON.stringify(name)}).targets.sessionsHit`,
        targets.sessionsHit,
      )
    : []
  const panel = (
    build: (view: WebAppView) => ReturnType<Panel['build']>,
    size: PanelSize,
  ): SizedPanel =>
    sizedPanel(
      ({ datadogUrl, dimension, owners }) =>
        build({ apps, feature, targets, datadogUrl, owners, scope: environmentScope(dimension) }),
      size,
      { problems },
    )
  return {
    note: panel(() => note(name, description), { width: 6, height: 4 }),
    sessions: panel(numbers.sessions, number),
    errors: panel(numbers.errors, number),
    sessionsHit: panel(numbers.sessionsHit, number),
    sessionsOverTime: panel(overTime.sessions, third),
    errorsByOwner: panel(tables.errorsByOwner, half),
    errorsBySource: panel(tables.errorsBySource, half),
    errorsByOwnerOverTime: panel(overTime.errorsByOwner, third),
    errorsBySourceOverTime: panel(overTime.errorsBySource, third),
    sessionsHitOverTime: panel(overTime.sessionsHit, third),
    webVitals: panel(tables.webVitals, { width: 16, height: 8 }),
  }
}

const number: PanelSize = { width: 4, height: 4 }
const third: PanelSize = { width: 8, height: 8 }
const half: PanelSize = { width: 12, height: 7 }

const describe = (apps: readonly WebApp[]): string =>
  apps.map(({ owner, title }) => `- **${title}**, owner: ${owner.title}`).join('\n')
