import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { cacheFolder } from './folders.ts'
import { metric, promised } from './simulated-catalog.ts'

const source = join(import.meta.dirname, '../../alert-simulation')
const built = join(cacheFolder, 'bin', 'alert-simulation')
const withoutWorkspace = { ...process.env, GOWORK: 'off' }

export const alertName = 'CxErrorBudgetBurn'

/** @throws Error where Go is not there or cannot build it */
export const buildSimulator = (): void =>
  go(['build', '-trimpath', '-o', built, '.'], withoutWorkspace)

/**
 * Compares the simulator's steps with those of Prometheus' rule groups, on these rule files.
 * @throws Error where they differ
 */
export const testSimulator = (files: readonly string[]): void =>
  go(['test', '-count=1', '.'], { ...withoutWorkspace, CX_SIMULATED_RULES: files.join(',') })

const go = (args: readonly string[], env: NodeJS.ProcessEnv): void => {
  const { status } = spawnSync('go', args, { cwd: source, env, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`go ${args[0]} failed; what it said is above`)
}

/** A value with its 95 % bounds; null where it lies beyond what was watched. */
export interface Estimate {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

interface Cell {
  readonly system: string
}

export interface HealthyCell extends Cell {
  readonly perHour: number
  readonly clumps: boolean
  readonly pages: Estimate
  readonly tickets: Estimate
  /** Mean a month, by alert and severity. */
  readonly alerts: Readonly<Record<string, number>>
}

export interface OutageCell extends Cell {
  readonly perHour: number
  readonly errors: number
  readonly hours: number
  /** Minutes. */
  readonly toPage: Estimate
  readonly reset: Estimate
  readonly pages: Estimate
}

export interface RecallCell extends Cell {
  readonly perHour: number
  readonly errors: number
  readonly just: boolean
  readonly noticed: Estimate
  readonly missed: number
  readonly outages: number
  /** The least that make 5 % of the budget. */
  readonly failures: number
}

export interface BudgetCell extends Cell {
  readonly scrapeSeconds: number
  readonly outage: boolean
  readonly failures: number
  readonly off: Estimate
  readonly worst: number | null
  readonly unknown: number
  readonly runs: number
}

interface Results {
  readonly healthy: readonly HealthyCell[]
  readonly outages: readonly OutageCell[]
  readonly recall: readonly RecallCell[]
  readonly budget: readonly BudgetCell[]
}

export interface Order {
  readonly systems: readonly { readonly name: string; readonly files: readonly string[] }[]
  readonly perHour: readonly number[]
  readonly scrapeSeconds: readonly number[]
  /** For rule groups that name none. */
  readonly intervalSeconds: number
  readonly runs: number
}

/** @throws Error when the simulator fails; what it said went to standard error */
export const simulate = async <Experiment extends keyof Results>(
  experiment: Experiment,
  order: Order,
): Promise<Results[Experiment]> => {
  const child = spawn(built, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(
    JSON.stringify({
      experiment,
      metric,
      alert: alertName,
      remaining: 'slo:period_error_budget_remaining:ratio',
      target: promised.percent / 100,
      windowDays: promised.days,
      errors: [1, 0.2, 0.05],
      clumps: [false, true],
      seed: 1,
      ...order,
    }),
  )
  const [answer, code] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve)),
  ])
  if (code !== 0) throw new Error(`the simulation of ${experiment} failed`)
  return JSON.parse(answer)
}
