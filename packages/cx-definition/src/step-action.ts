import type { JourneyEvent } from './instrument.ts'

/** What a step's event is called where actions have but a name, such as Datadog RUM: `self-signup: account entered`. */
export const stepAction = (journey: string, step: string, event: JourneyEvent): string =>
  `${journey}: ${step} ${event}`
