import { type Journey, type Percent, percentProblems, type Problem, quote } from 'cx-definition'
import { environmentScope } from './environment.ts'
import * as bars from './journey-bars.ts'
import * as numbers from './journey-numbers.ts'
import * as overTime from './journey-over-time.ts'
import * as tables from './journey-tables.ts'
import type { JourneyView } from './journey-view.ts'
import { note } from './note.ts'
import { type Panel, type PanelSize, type SizedPanel, sizedPanel } from './panel.ts'

export interface JourneyGraphOptions {
  readonly journey: Journey
  /** The journey's title when left out. */
  readonly name?: string
  /** Markdown for the note; written from the journey when left out. */
  readonly description?: string
  readonly targets?: JourneyTargets
}

/** What panels are coloured by; it raises no alert. */
export interface JourneyTargets {
  /** Of those who begin. */
  readonly completion?: Percent
}

/** A view on a journey, from which panels of every kind are taken. */
export interface JourneyGraph {
  readonly note: SizedPanel
  readonly begun: SizedPanel
  readonly finished: SizedPanel
  /** The share of those who began that completed the last step. */
  readonly completion: SizedPanel
  /** The share of those who finished the journey that this one follows that began it. */
  readonly reached: SizedPanel
  readonly funnel: SizedPanel
  readonly steps: SizedPanel
  readonly timeInSteps: SizedPanel
  readonly journeysOverTime: SizedPanel
  readonly stepTimeOverTime: SizedPanel
  readonly failuresOverTime: SizedPanel
  readonly useOverWeeks: SizedPanel
}

/** What a dashboard tells about the steps in which people get something done in a web app. */
export const journeyGraph = (options: JourneyGraphOptions): JourneyGraph => {
  const { journey, name = journey.title, targets = {} } = options
  const problems = targetProblems(options)
  const panel = (
    build: (view: JourneyView) => ReturnType<Panel['build']>,
    { height, width }: PanelSize,
    more: readonly Problem[] = [],
  ): SizedPanel =>
    sizedPanel(
      ({ dimension }) => build({ name, journey, targets, scope: environmentScope(dimension) }),
      { width, height },
      { problems: [...problems, ...more] },
    )
  return {
    note: panel(() => note(name, options.description ?? describe(journey)), {
      width: 6,
      height: 8,
    }),
    begun: panel(numbers.begun, number),
    finished: panel(numbers.finished, number),
    completion: panel(numbers.completion, number),
    reached: panel(numbers.reached, number, followsProblems(journey)),
    funnel: panel(bars.funnel, third),
    steps: panel(tables.steps, { width: 16, height: 8 }),
    timeInSteps: panel(tables.timeInSteps, third),
    journeysOverTime: panel(overTime.journeys, { width: 12, height: 8 }),
    stepTimeOverTime: panel(overTime.stepTime, third),
    failuresOverTime: panel(overTime.failures, third),
    useOverWeeks: panel(bars.useOverWeeks, { width: 12, height: 8 }),
  }
}

const number: PanelSize = { width: 4, height: 4 }
const third: PanelSize = { width: 8, height: 8 }

const describe = ({ app, feature, steps, title }: Journey): string =>
  [
    feature.description || title,
    `**${steps.length}** ${steps.length === 1 ? 'step' : 'steps'} in ${app.title}; owner: **${feature.owner.title}**.`,
    'Who leaves has not failed: people leave for good reasons.',
  ].join('\n\n')

const pathOf = ({ name }: Journey): string => `journeyGraph(${quote(name)})`

const targetProblems = ({ journey, targets }: JourneyGraphOptions): Problem[] =>
  targets?.completion
    ? percentProblems(`${pathOf(journey)}.targets.completion`, targets.completion)
    : []

const followsProblems = (journey: Journey): Problem[] =>
  journey.follows
    ? []
    : [
        {
          code: 'CX_ERR_UNKNOWN_JOURNEY',
          path: `${pathOf(journey)}.reached`,
          message: 'the journey follows none, so there is nobody to reach it',
          remedy: 'Name the journey before it as `follows`, or leave this panel out',
        },
      ]
