import { type LoaderFunctionArgs, redirect, redirectDocument } from 'react-router'
import { withOwner } from 'rum-boundary'
import type { AppConfig } from '../config.ts'
import { journey } from './metrics.ts'
import { takeNotice, type Notice, setNotice } from './notice.ts'
import { loadState, type SignupValues } from './signup-state.ts'
import { ownership, pathOf, type Step, steps } from './steps.ts'

export interface StepData {
  readonly completed: readonly Step[]
  readonly values: SignupValues
  readonly notice: Notice | undefined
}

/**
 * What a step shows. One that is opened before its turn leads to the first that is missing, with a word
 * why: otherwise its form could be filled in and never sent.
 */
export const loadStep = (step: Step, { guard }: AppConfig) =>
  withOwner(ownership, async ({ request }: LoaderFunctionArgs): Promise<StepData> => {
    const { completed: known, expired, values } = await loadState(request.signal)
    const isDone = known.includes('confirm')
    if (isDone && step !== 'account') throw redirectDocument('/product/documents')
    const completed = isDone ? [] : known
    const missing = missingBefore(step, completed)
    if (guard && missing) {
      setNotice(expired ? 'expired' : missing)
      throw redirect(pathOf(missing))
    }
    journey.entered(step, completed)
    return { completed, values, notice: noticeOf(takeNotice(), expired) }
  })

const noticeOf = (waiting: Notice | undefined, expired: boolean): Notice | undefined => {
  if (!navigator.cookieEnabled) return 'cookies'
  return waiting ?? (expired ? 'expired' : undefined)
}

const missingBefore = (step: Step, completed: readonly Step[]) =>
  steps
    .slice(0, steps.indexOf(step))
    .filter((earlier) => earlier !== 'confirm')
    .find((earlier) => !completed.includes(earlier))
