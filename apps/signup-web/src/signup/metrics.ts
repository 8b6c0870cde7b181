import { startBrowserMetrics } from 'cx-metrics/browser'
import { signupJourney, signupWeb } from 'sample-catalog/web'
import type { Step } from './steps.ts'

export const metrics = startBrowserMetrics({ app: signupWeb })

const recorded = metrics.journey(signupJourney)
let before: readonly Step[] = []

/** Who comes back to change something has been counted: each step counts once in a signup. */
export const journey = {
  entered: (step: Step, completed: readonly Step[]): void => {
    before = completed
    if (!before.includes(step)) recorded.entered(step)
  },
  completed: (step: Step): void => {
    if (!before.includes(step)) recorded.completed(step)
  },
  failed: (step: Step): void => recorded.failed(step),
}
