import type { Step } from '../plan/step.ts'
import { type Hope, ServerError } from '../publishers/server-error.ts'

export interface Outcome {
  readonly step: Step
  /** `left`: it was not tried, since publishing ended before. */
  readonly result: 'done' | 'same' | 'failed' | 'left'
  /** What was done, or why it was not. */
  readonly message: string
}

export interface PublishWatch {
  /** Before something is written. */
  readonly begin: (step: Step, index: number, count: number) => void
  readonly end: (outcome: Outcome) => void
}

/**
 * Applies steps one after another, since each names what it replaces. What fails alone does not keep the others from being
 * published; a server that is gone, or does not let us in, does for what would go there.
 * @param signal ends it after the step in hand
 */
export const publishSteps = async (
  steps: readonly Step[],
  { begin, end }: PublishWatch,
  signal?: AbortSignal,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  const ends = new Map<string, string>()
  const silent = new Map<string, number>()
  const todo = steps.filter((step) => !isLeftAsItIs(step))
  for (const step of steps) {
    const { target } = step
    const ended = ends.get(target) ?? (signal?.aborted ? 'interrupted' : undefined)
    if (isLeftAsItIs(step)) {
      outcomes.push({ step, result: 'same', message: '' })
      continue
    }
    if (ended !== undefined) {
      outcomes.push({ step, result: 'left', message: ended })
      continue
    }
    begin(step, todo.indexOf(step), todo.length)
    const { error, outcome } = await applied(step)
    outcomes.push(outcome)
    end(outcome)
    if (error === undefined) silent.delete(target)
    else if (hopeOf(error) === 'later') silent.set(target, (silent.get(target) ?? 0) + 1)
    const reason = error === undefined ? undefined : endedBy(step, error, silent.get(target) ?? 0)
    if (reason !== undefined) ends.set(target, reason)
  }
  return outcomes
}

const isLeftAsItIs = ({ action }: Step): boolean => action === 'same' || action === 'stale'

const applied = async (
  step: Step,
): Promise<{ readonly error?: unknown; readonly outcome: Outcome }> => {
  try {
    return { outcome: { step, result: 'done', message: await step.apply() } }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { error, outcome: { step, result: 'failed', message } }
  }
}

const hopeOf = (error: unknown): Hope | undefined =>
  error instanceof ServerError ? error.hope : undefined

// One dashboard may be more than a server can take; two with nothing done in between, and it is the server.
const mostSilent = 2

/** Why the rest is not tried. */
const endedBy = ({ kind, target }: Step, error: unknown, silent: number): string | undefined => {
  if (kind === 'folder') return 'its folder is not there'
  if (hopeOf(error) === 'nothing') return `${target} does not let us`
  return silent >= mostSilent ? `${target} does not answer` : undefined
}
