import {
  attributes,
  type EventCount,
  type Feature,
  type Instrument,
  type Journey,
  type JourneyEvent,
  journeyStepDuration,
  journeySteps,
  layoutShiftVital,
  sessions,
  type WebApp,
  webLayoutShift,
  type WebVital,
  webVital,
} from 'cx-definition'
import { type Expression, labelled, or, orZero, type Window } from './expression.ts'
import { eventRate, eventsIn, labels, type Scope } from './queries.ts'

// Of any service: browsers speak through one, and its name says nothing about them.
const anyService = [{}]

const stepEvents = (journey: Journey, step: string, event: JourneyEvent): EventCount => ({
  instrument: journeySteps,
  operations: anyService,
  where: [...stepOf(journey, step), { attribute: attributes.event, anyOf: [event] }],
})

/**
 * How often a step was entered, completed or failed. A step that the catalog knows and nobody took is 0 where its app
 * had sessions, and unknown where the app told nothing.
 */
export const stepsIn = (
  journey: Journey,
  step: string,
  event: JourneyEvent,
  scope: Scope,
  window: Window,
  ago?: Window,
): Expression =>
  orZero(
    eventsIn(stepEvents(journey, step, event), scope, window, [], ago),
    eventsIn(sessionsOf([journey.app]), scope, window, [], ago),
  )

/** The same, a second. */
export const stepRate = (
  journey: Journey,
  step: string,
  event: JourneyEvent,
  scope: Scope,
  window: Window,
): Expression =>
  orZero(
    eventRate(stepEvents(journey, step, event), scope, window),
    eventRate(sessionsOf([journey.app]), scope, window),
  )

/** How long those who completed a step were in it. */
export const stepTimes = (journey: Journey, step: string): EventCount => ({
  instrument: journeyStepDuration,
  operations: anyService,
  where: stepOf(journey, step),
})

const stepOf = ({ app, name }: Journey, step: string): EventCount['where'] => [
  { attribute: attributes.app, anyOf: [app.name] },
  { attribute: attributes.journey, anyOf: [name] },
  { attribute: attributes.step, anyOf: [step] },
]

/** An expression for each step of a journey as one, told apart by the label `step`. */
export const eachStep = (
  journey: Journey,
  expressionOf: (step: string) => Expression,
): Expression =>
  journey.steps
    .map((step) => labelled(expressionOf(step), labels.step, stepTitle(journey, step)))
    .reduce(or)

/** Numbered, so that Grafana, which sorts by text, keeps the steps' order. */
export const stepTitle = ({ steps }: Journey, step: string): string =>
  `${String(steps.indexOf(step) + 1).padStart(String(steps.length).length, '0')} ${step}`

/** What browsers of some web apps told, of one feature or of all. */
export const webEvents = (
  instrument: Instrument,
  apps: readonly WebApp[],
  feature?: Feature,
): EventCount => ({
  instrument,
  operations: anyService,
  where: [
    { attribute: attributes.app, anyOf: apps.map(({ name }) => name) },
    ...(feature ? [{ attribute: attributes.feature, anyOf: [feature.name] }] : []),
  ],
})

export const sessionsOf = (apps: readonly WebApp[]): EventCount => webEvents(sessions, apps)

export const vitalEvents = (vital: WebVital, apps: readonly WebApp[]): EventCount => {
  const { where, ...rest } = webEvents(vital === layoutShiftVital ? webLayoutShift : webVital, apps)
  return { ...rest, where: [...where, { attribute: attributes.vital, anyOf: [vital] }] }
}
