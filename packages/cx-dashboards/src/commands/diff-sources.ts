import { join } from 'node:path'
import type { DashboardSet } from '../build.ts'
import type { CliOptions } from '../cli.ts'
import { planAlertmanager } from '../plan/alertmanager-plan.ts'
import { planGrafana } from '../plan/grafana-plan.ts'
import { planBuiltDashboards } from '../plan/built-dashboards-plan.ts'
import { planRuler } from '../plan/ruler-plan.ts'
import { planRulesDirectory } from '../plan/rules-directory-plan.ts'
import type { Step } from '../plan/step.ts'
import { grafanaAccess } from '../publishers/grafana-access.ts'
import { connectGrafana } from '../publishers/grafana-api.ts'
import { rulerAccess } from '../publishers/ruler-access.ts'
import { connectRuler } from '../publishers/ruler-api.ts'

/** Something to compare with. */
export interface DiffSource {
  readonly target: string
  readonly plan: (set: DashboardSet) => Promise<readonly Step[]>
}

type Given = Pick<
  CliOptions,
  'against' | 'alertmanager' | 'grafana' | 'overwrite' | 'prune' | 'ruler' | 'rules'
>

/** @throws Error where there is none */
export const diffSources = (options: Given, env: NodeJS.ProcessEnv): DiffSource[] => {
  const { against, alertmanager, grafana, ruler, rules } = options
  const sources: DiffSource[] = []
  const others = [rules, ruler, alertmanager, against]
  if (grafana || (env['GRAFANA_URL'] && others.every((each) => each === undefined))) {
    sources.push(inGrafana(options, env))
  }
  if (rules !== undefined) sources.push(rulesIn(rules))
  if (ruler !== undefined) sources.push(rulerAt(ruler, env))
  if (alertmanager !== undefined) sources.push(routesIn(alertmanager))
  if (against !== undefined) sources.push(...builtIn(against))
  if (sources.length > 0) return sources
  throw new Error(
    'there is nothing to compare with. Set GRAFANA_URL, or give --rules, --ruler, --alertmanager or --against.',
  )
}

const inGrafana = (options: Given, env: NodeJS.ProcessEnv): DiffSource => ({
  target: 'Grafana',
  plan: async (set) => planGrafana(set, await connectGrafana(await grafanaAccess(env)), options),
})

const rulesIn = (folder: string): DiffSource => ({
  target: `Rules in ${folder}`,
  plan: (set) => planRulesDirectory(set, folder),
})

const rulerAt = (url: string, env: NodeJS.ProcessEnv): DiffSource => ({
  // What was given is shown once it is known to hold no password.
  target: 'Ruler',
  plan: async (set) => planRuler(set, connectRuler(await rulerAccess(url, env))),
})

const routesIn = (file: string): DiffSource => ({
  target: `Alertmanager’s file ${file}`,
  plan: (set) => planAlertmanager(set, file),
})

/** All that an earlier build wrote. */
const builtIn = (folder: string): DiffSource[] => [
  { target: `Dashboards in ${folder}`, plan: (set) => planBuiltDashboards(set, folder) },
  rulesIn(folder),
  routesIn(join(folder, 'alertmanager/alertmanager.yml')),
]
