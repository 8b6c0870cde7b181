import type { Step } from '../plan/step.ts'
import { GrafanaError } from '../publishers/grafana-error.ts'

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
 * published; a server that is gone, or does not let us in, does.
 * @param signal ends it after the step in hand
 */
export const publishSteps = async (
  steps: readonly Step[],
  { begin, end }: PublishWatch,
  signal?: AbortSignal,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  let ended: string | undefined
  let silent = 0
  const todo = steps.filter(({ action }) => action !== 'same')
  for (const step of steps) {
    if (signal?.aborted) ended ??= 'interrupted'
    if (step.action === 'same' || ended !== undefined) {
      outcomes.push({
        step,
        ...(step.action === 'same'
          ? { result: 'same', message: '' }
          : { result: 'left', message: ended ?? '' }),
      })
      continue
    }
    begin(step, todo.indexOf(step), todo.length)
    const { error, outcome } = await applied(step)
    outcomes.push(outcome)
    end(outcome)
    silent = isSilent(error) ? silent + 1 : 0
    if (error !== undefined) ended = endedBy(step, error, silent)
  }
  return outcomes
}

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

const isSilent = (error: unknown): boolean =>
  error instanceof GrafanaError && error.hope === 'later'

// One dashboard may be more than a server can take; two in a row, and it is the server.
const mostSilent = 2

/** Why the rest is not tried. */
const endedBy = ({ kind }: Step, error: unknown, silent: number): string | undefined => {
  if (kind === 'folder') return 'its folder is not there'
  if (error instanceof GrafanaError && error.hope === 'nothing') return 'Grafana does not let us'
  return silent >= mostSilent ? 'Grafana does not answer' : undefined
}
