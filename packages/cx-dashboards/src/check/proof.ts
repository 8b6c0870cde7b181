import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RouteTest, routeTests } from '../alertmanager/route-tests.ts'
import type { Artifact } from '../artifact.ts'
import { buildArtifacts } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { writeArtifacts } from '../publishers/directory.ts'
import { runProgram } from '../publishers/run-program.ts'
import { counted } from './spoken-number.ts'

export interface ProofStep {
  /** Such as `promtool test rules prometheus/services.tests.yml`. */
  readonly what: string
  readonly outcome: 'passed' | 'failed' | 'not run'
  /** What the tool said, or why it was not asked. */
  readonly told: string
}

// The longest of the sample's tests takes seconds; a hundred times that is stuck.
const patienceMilliseconds = 600_000

/** Lets Prometheus' and Alertmanager's own tools judge what is generated, where they are on PATH. */
export const prove = async (
  set: DashboardSet,
  progress: (step: ProofStep) => void,
): Promise<readonly ProofStep[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-dashboards-check-'))
  try {
    const artifacts = buildArtifacts(set)
    await writeArtifacts(folder, artifacts)
    const run = tellingRunner(folder, progress)
    return [...(await proveRules(artifacts, run)), ...(await proveRoutes(set, artifacts, run))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a tool with one set of arguments after the other. @param what stands for the command lines where there are many */
type Run = (
  tool: string,
  calls: readonly (readonly string[])[],
  what?: string,
) => Promise<ProofStep>

const tellingRunner =
  (folder: string, progress: (step: ProofStep) => void): Run =>
  async (tool, calls, what = `${tool} ${calls.flat().join(' ')}`) => {
    const outcome = await outcomeOf(folder, tool, calls)
    const step = { what, ...outcome }
    progress(step)
    return step
  }

const outcomeOf = async (
  folder: string,
  tool: string,
  calls: readonly (readonly string[])[],
): Promise<Omit<ProofStep, 'what'>> => {
  const failures: string[] = []
  for (const args of calls) {
    const ended = await runProgram(tool, args, folder, patienceMilliseconds)
    if (!ended) return { outcome: 'not run', told: missing[tool] ?? `${tool} is not on PATH` }
    if (ended.code === 0) continue
    const reason = ended.code === undefined ? 'it did not end in time' : ended.output.trim()
    failures.push(calls.length > 1 ? `${args.join(' ')}\n${reason}` : reason)
  }
  return { outcome: failures.length === 0 ? 'passed' : 'failed', told: failures.join('\n') }
}

const missing: Readonly<Record<string, string>> = {
  promtool:
    'promtool is not on PATH; it comes with Prometheus (apt-get install prometheus, brew install prometheus, https://prometheus.io/download)',
  amtool:
    'amtool is not on PATH; it comes with Alertmanager (apt-get install prometheus-alertmanager, https://prometheus.io/download)',
}

/** One after the other, until a tool turns out to be missing. */
const inTurn = async (steps: readonly (() => Promise<ProofStep>)[]): Promise<ProofStep[]> => {
  const done: ProofStep[] = []
  for (const step of steps) {
    const outcome = await step()
    done.push(outcome)
    if (outcome.outcome === 'not run') break
  }
  return done
}

const pathsEndingIn = (artifacts: readonly Artifact[], end: string): string[] =>
  artifacts.map(({ path }) => path).filter((path) => path.endsWith(end))

const proveRules = (artifacts: readonly Artifact[], run: Run): Promise<ProofStep[]> => {
  const rules = pathsEndingIn(artifacts, '.rules.yml')
  if (rules.length === 0) return Promise.resolve([])
  const tests = pathsEndingIn(artifacts, '.tests.yml')
  return inTurn([
    () =>
      run(
        'promtool',
        [['check', 'rules', ...rules]],
        `promtool check rules (${counted(rules.length, 'file')})`,
      ),
    ...tests.map((file) => () => run('promtool', [['test', 'rules', file]])),
  ])
}

const configFile = 'alertmanager/alertmanager.yml'

const proveRoutes = (
  { alerting, catalog }: DashboardSet,
  artifacts: readonly Artifact[],
  run: Run,
): Promise<ProofStep[]> => {
  if (!alerting || !artifacts.some(({ path }) => path === configFile)) return Promise.resolve([])
  const tests = routeTests(catalog, alerting)
  return inTurn([
    () => run('amtool', [['check-config', configFile]]),
    () =>
      run(
        'amtool',
        tests.map(routeArguments),
        `amtool config routes test (${counted(tests.length, 'case')})`,
      ),
  ])
}

const routeArguments = ({ amtoolArguments }: RouteTest): string[] => [
  'config',
  'routes',
  'test',
  `--config.file=${configFile}`,
  ...amtoolArguments,
]
