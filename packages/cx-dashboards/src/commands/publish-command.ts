import type { DashboardSet } from '../dashboard-set.ts'
import type { CliOptions } from '../cli.ts'
import { safeText } from '../diff/safe-text.ts'
import { loadConfig } from '../load-config.ts'
import type { Step } from '../plan/step.ts'
import { mayRemove } from '../publish/ask.ts'
import { type Interruption, listenForInterruption } from '../publish/interruption.ts'
import { progressOn } from '../publish/progress.ts'
import { publishSteps } from '../publish/publish-steps.ts'
import { isMissing, outcomeLines, summaryLine } from '../publish/publish-words.ts'
import { type GivenOptions, givenSources } from './given-sources.ts'
import type { Source } from './server-sources.ts'

type PublishOptions = GivenOptions & Pick<CliOptions, 'against' | 'config' | 'yes'>

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
  if (options.against !== undefined) {
    throw new Error(
      '--against names what diff and backtest compare with. To write files, give --rules or --alertmanager, or run build.',
    )
  }
  // Everything is built before the first request: a definition that cannot work publishes nothing.
  const set = await loadConfig(options.config)
  const progress = progressOn(process.stdout)
  const connection = { env: process.env, signal, connected: progress.line }
  const found = await unlessInterrupted(interruption, () => {
    progress.show('reading what is there')
    return planned(set, givenSources(set, options, connection))
  })
  progress.clear()
  if (!found) return interruption.exitCode() ?? 1
  const chosen = await withoutRefused(found.steps, options, signal)
  const outcomes = await publishSteps(
    chosen,
    {
      begin: ({ name }, index, count) => progress.show(`${index + 1}/${count} ${safeText(name)}`),
      end: (outcome) => outcomeLines(outcome).forEach(progress.line),
    },
    signal,
  )
  progress.line(summaryLine(outcomes))
  for (const problem of found.problems) console.error(`cx-dashboards: not published: ${problem}`)
  const isIncomplete = found.problems.length > 0 || outcomes.some(isMissing)
  return interruption.exitCode() ?? (isIncomplete ? 1 : 0)
}

/** What is to be done where it could be read. @throws the first problem, where nothing could be */
const planned = async (set: DashboardSet, sources: readonly Source[]) => {
  if (sources.length === 0) {
    throw new Error(
      'there is nowhere to publish to. GRAFANA_URL is not set, nor are DD_API_KEY and DD_APP_KEY for a set with datadog.monitors, and no --rules, --ruler or --alertmanager is given.',
    )
  }
  const steps: Step[] = []
  const problems: string[] = []
  for (const { plan } of sources) {
    try {
      steps.push(...(await plan(set)))
    } catch (error) {
      problems.push((error as Error).message)
      if (problems.length === sources.length) throw error
    }
  }
  return { steps, problems }
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
