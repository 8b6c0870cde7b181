import type { CliOptions } from '../cli.ts'
import { safeText } from '../diff/safe-text.ts'
import { loadConfig } from '../load-config.ts'
import { planGrafana } from '../plan/grafana-plan.ts'
import type { Step } from '../plan/step.ts'
import { mayRemove } from '../publish/ask.ts'
import { type Interruption, listenForInterruption } from '../publish/interruption.ts'
import { progressOn } from '../publish/progress.ts'
import { publishSteps } from '../publish/publish-steps.ts'
import { isMissing, outcomeLines, summaryLine } from '../publish/publish-words.ts'
import { grafanaAccess } from '../publishers/grafana-access.ts'
import { connectGrafana } from '../publishers/grafana-api.ts'

type PublishOptions = Pick<CliOptions, 'config' | 'overwrite' | 'prune' | 'yes'>

/** @returns the exit code: 0 all is there, 1 something is not, 130 or 143 interrupted */
export const publishCommand = async (options: PublishOptions): Promise<number> => {
  const interruption = listenForInterruption(() => console.error('Stopping after what is in hand.'))
  try {
    return await publish(options, interruption)
  } finally {
    interruption.stopListening()
  }
}

const publish = async (options: PublishOptions, interruption: Interruption): Promise<number> => {
  const { signal } = interruption
  // Everything is built before the first request: a definition that cannot work publishes nothing.
  const set = await loadConfig(options.config)
  const progress = progressOn(process.stdout)
  const steps = await unlessInterrupted(interruption, async () => {
    const grafana = await connectGrafana(await grafanaAccess(process.env), { signal })
    progress.line(`Grafana ${grafana.version} at ${grafana.url}`)
    progress.show('reading what is there')
    return planGrafana(set, grafana, options)
  })
  progress.clear()
  if (!steps) return interruption.exitCode() ?? 1
  const chosen = await withoutRefused(steps, options, signal)
  const outcomes = await publishSteps(
    chosen,
    {
      begin: ({ name }, index, count) => progress.show(`${index + 1}/${count} ${safeText(name)}`),
      end: (outcome) => outcomeLines(outcome).forEach(progress.line),
    },
    signal,
  )
  progress.line(summaryLine(outcomes))
  return interruption.exitCode() ?? (outcomes.some(isMissing) ? 1 : 0)
}

/** Undefined where it was interrupted while nothing was written yet. */
const unlessInterrupted = async <T>(
  { signal }: Interruption,
  read: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    const found = await read()
    if (!signal.aborted) return found
  } catch (error) {
    if (!signal.aborted) throw error
  }
  console.error('Interrupted before anything was written.')
  return undefined
}

/** What may not be removed stays, and all else is published. */
const withoutRefused = async (
  steps: readonly Step[],
  { yes }: PublishOptions,
  signal: AbortSignal,
): Promise<readonly Step[]> => {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  if (await mayRemove(steps, { yes, isTerminal, signal })) return steps
  return steps.filter(({ action }) => action !== 'delete')
}
