import { journeyEvents } from './instrument.ts'
import type { Journey } from './journey.ts'
import { stepAction } from './step-action.ts'

/** All that a journey's steps can be. */
export const stepActions = ({ name, steps }: Pick<Journey, 'name' | 'steps'>): readonly string[] =>
  steps.flatMap((step) => journeyEvents.map((event) => stepAction(name, step, event)))
