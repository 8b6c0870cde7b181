import type { DashboardSet } from '../dashboard-set.ts'
import type { CliOptions } from '../cli.ts'
import { planAlertmanager } from '../plan/alertmanager-plan.ts'
import { planRuler } from '../plan/ruler-plan.ts'
import { planRulesDirectory } from '../plan/rules-directory-plan.ts'
import type { PlanOptions } from '../plan/step.ts'
import { rulerAccess } from '../publishers/ruler-access.ts'
import { connectRuler } from '../publishers/ruler-api.ts'
import {
  type Connection,
  type ServerOptions,
  serverSources,
  type Source,
} from './server-sources.ts'

export type GivenOptions = ServerOptions & Pick<CliOptions, 'alertmanager' | 'ruler' | 'rules'>

/**
 * All that can be compared with and published to, of what was asked for.
 * @param namesOthers whether something else is asked for
 */
export const givenSources = (
  set: DashboardSet,
  options: GivenOptions,
  connection: Connection,
  namesOthers = false,
): readonly Source[] => {
  const { alertmanager, ruler, rules } = options
  const isNamed = [rules, ruler, alertmanager].some((each) => each !== undefined)
  return [
    ...serverSources(set, options, connection, namesOthers || isNamed),
    ...(rules === undefined ? [] : [rulesIn(rules, options)]),
    ...(ruler === undefined ? [] : [rulerAt(ruler, options, connection)]),
    ...(alertmanager === undefined ? [] : [routesIn(alertmanager)]),
  ]
}

export const rulesIn = (folder: string, options: PlanOptions): Source => ({
  target: `Rules in ${folder}`,
  plan: (set) => planRulesDirectory(set, folder, options),
})

const rulerAt = (
  url: string,
  options: PlanOptions,
  { connected, env, signal }: Connection,
): Source => ({
  // What was given is shown once it is known to hold no password.
  target: 'Ruler',
  plan: async (set) => {
    const ruler = connectRuler(await rulerAccess(url, env), { signal })
    const steps = await planRuler(set, ruler, options)
    connected?.(`Ruler at ${ruler.url}`)
    return steps
  },
})

export const routesIn = (file: string): Source => ({
  target: `Alertmanager’s file ${file}`,
  plan: (set) => planAlertmanager(set, file),
})
