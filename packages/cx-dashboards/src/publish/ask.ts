import { createInterface } from 'node:readline/promises'
import { safeText } from '../diff/safe-text.ts'
import type { Step } from '../plan/step.ts'

export interface AskOptions {
  /** `--yes` */
  readonly yes: boolean
  readonly isTerminal: boolean
  readonly signal: AbortSignal
}

/**
 * Whether what is to be removed may be.
 * @throws Error where nobody can be asked
 */
export const mayRemove = async (
  steps: readonly Step[],
  { isTerminal, signal, yes }: AskOptions,
): Promise<boolean> => {
  const doomed = steps.filter(({ action }) => action === 'delete')
  if (doomed.length === 0 || yes) return true
  const names = doomed.map(({ name, title }) => `  ${safeText(name)} “${safeText(title)}”`)
  if (!isTerminal) {
    throw new Error(
      `--prune would remove ${doomed.length} and there is nobody to ask, so nothing was published:\n${names.join('\n')}\nLook at them, and add --yes.`,
    )
  }
  console.log(`No longer in the catalog:\n${names.join('\n')}`)
  return asked(`Remove ${doomed.length === 1 ? 'it' : `these ${doomed.length}`}? [y/N] `, signal)
}

const asked = async (question: string, signal: AbortSignal): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // A prompt takes Ctrl-C for itself.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    return /^y(es)?$/i.test((await terminal.question(question, { signal })).trim())
  } catch (error) {
    if (signal.aborted) return false
    throw error
  } finally {
    terminal.close()
  }
}
