import type { CliOptions } from '../cli.ts'
import { diffContext } from '../diff/diff-context.ts'
import { isChanged } from '../diff/diff-summary.ts'
import { type DiffTarget, diffTarget } from '../diff/diff-target.ts'
import { jsonReport } from '../diff/json-report.ts'
import { markdownReport } from '../diff/markdown-report.ts'
import { textReport } from '../diff/text-report.ts'
import { loadConfig } from '../load-config.ts'
import { diffSources } from './diff-sources.ts'

/** Where it differs; 0 is for the same, and 1 for what failed. */
const differs = 2

/**
 * Says what publishing would change, and changes nothing.
 * @returns the exit code
 * @throws Error where something could not be read, after what could was printed
 */
export const diffCommand = async (options: CliOptions): Promise<number> => {
  const report = reportGiven(options)
  const set = await loadConfig(options.config)
  const context = diffContext(set)
  const targets: DiffTarget[] = []
  const problems: string[] = []
  for (const { plan, target } of diffSources(set, options, process.env)) {
    try {
      targets.push(diffTarget(target, await plan(set), context))
    } catch (error) {
      problems.push((error as Error).message)
    }
  }
  if (targets.length > 0) console.log(report(targets).trimEnd())
  if (problems.length > 0) throw new Error(`not compared: ${problems.join('\n')}`)
  return targets.some(({ objects }) => objects.some(isChanged)) ? differs : 0
}

const reportGiven = ({ json, markdown }: CliOptions): ((of: readonly DiffTarget[]) => string) => {
  if (json && markdown) throw new Error('--json and --markdown are given. Choose one.')
  if (json) return jsonReport
  return markdown ? markdownReport : textReport
}
