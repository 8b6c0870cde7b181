import { join } from 'node:path'
import type { DashboardSet } from '../dashboard-set.ts'
import type { CliOptions } from '../cli.ts'
import { planBuiltDashboards } from '../plan/built-dashboards-plan.ts'
import { type GivenOptions, givenSources, routesIn, rulesIn } from './given-sources.ts'
import type { Source } from './server-sources.ts'

type Given = GivenOptions & Pick<CliOptions, 'against'>

/** What publishing would go to, and what an earlier build wrote. @throws Error where there is none */
export const diffSources = (
  set: DashboardSet,
  options: Given,
  env: NodeJS.ProcessEnv,
): readonly Source[] => {
  const { against } = options
  const given = givenSources(set, options, { env }, against !== undefined)
  const sources = [...given, ...(against === undefined ? [] : builtIn(against))]
  if (sources.length > 0) return sources
  throw new Error(
    'there is nothing to compare with. Set GRAFANA_URL, or DD_API_KEY and DD_APP_KEY, or give --rules, --ruler, --alertmanager or --against.',
  )
}

/** All that an earlier build wrote: what this one no longer makes is gone from it. */
const builtIn = (folder: string): Source[] => [
  { target: `Dashboards in ${folder}`, plan: (set) => planBuiltDashboards(set, folder) },
  rulesIn(folder, { prune: true }),
  routesIn(join(folder, 'alertmanager/alertmanager.yml')),
]
