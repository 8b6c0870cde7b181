import type { ScrubbedCss } from './scrub-css.ts'
import { type Preset, type Statics, staticsOf } from './scrub-statics.ts'

/** What the intake knows of a web app; the browser's word for it counts for nothing. */
export interface IntakeApp {
  /** A UUID. */
  readonly applicationId: string
  readonly clientToken: string
  readonly preset: Preset
  readonly statics: Statics
}

/** One app, made ready. */
export interface IntakeRules {
  readonly service: string
  readonly applicationId: string
  readonly clientToken: string
  readonly statics: Statics
  readonly sheets: Map<string, ScrubbedCss>
}

export const rulesByService = (
  apps: Readonly<Record<string, IntakeApp>>,
): ReadonlyMap<string, IntakeRules> =>
  new Map(
    Object.entries(apps).map(([service, { applicationId, clientToken, preset, statics }]) => [
      service,
      {
        service,
        applicationId: applicationId.toLowerCase(),
        clientToken,
        statics: staticsOf(statics, preset),
        sheets: new Map(),
      },
    ]),
  )

/** What did not go on, and why. Nothing of its content. */
export type DropReason =
  | 'app'
  | 'endpoint'
  | 'malformed'
  | 'overload'
  | 'event'
  | 'segment'
  | 'record'
  | 'upstream'
  | 'failure'

export type CountDropped = (reason: DropReason) => void
