import type { Journey, JourneyEvent } from 'cx-definition'
import type { Expression, Window } from '../promql/expression.ts'
import type { Scope } from '../promql/queries.ts'
import { stepsIn } from '../promql/web-queries.ts'
import type { JourneyTargets } from './journey-graph.ts'

/** What the panels of a journey are made from. */
export interface JourneyView {
  readonly name: string
  readonly journey: Journey
  readonly targets: JourneyTargets
  readonly scope: Scope
}

type Taken = Pick<JourneyView, 'journey' | 'scope'>

export const inRange: Window = '$__range'

export const taken = ({ journey, scope }: Taken, step: string, event: JourneyEvent): Expression =>
  stepsIn(journey, step, event, scope, inRange)

export const firstOf = ({ steps }: Journey): string => steps[0] as string
export const lastOf = ({ steps }: Journey): string => steps.at(-1) as string

export const allBegun = (view: Taken): Expression => taken(view, firstOf(view.journey), 'entered')

export const allFinished = (view: Taken): Expression =>
  taken(view, lastOf(view.journey), 'completed')
