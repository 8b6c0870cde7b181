import type { Feature } from './feature.ts'
import type { WebApp } from './web-app.ts'

/** The steps, in order, in which a person gets something done in a web app. Light enough for its bundle. */
export interface Journey<Name extends string = string, Step extends string = string> {
  readonly name: Name
  readonly title: string
  readonly feature: Feature
  readonly app: WebApp
  readonly steps: readonly Step[]
  /** The journey whose end is this one's beginning, such as the signup before the first session. */
  readonly follows?: Journey
}

export interface JourneyOptions<Step extends string = string> {
  readonly feature: Feature
  readonly app: WebApp
  readonly title?: string
  /** At least one, in the order in which people take them. */
  readonly steps: readonly Step[]
  readonly follows?: Journey
}

/** Its name and its steps become labels; the title is its name where none is given. */
export const journey = <const Name extends string, const Step extends string>(
  name: Name,
  { app, feature, follows, steps, title = name }: JourneyOptions<Step>,
): Journey<Name, Step> => ({ name, title, feature, app, steps, ...(follows && { follows }) })
