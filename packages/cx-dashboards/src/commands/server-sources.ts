import { buildDatadog } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import type { CliOptions } from '../cli.ts'
import { planDatadog } from '../plan/datadog-plan.ts'
import { planGrafanaAlerts } from '../plan/grafana-alerts-plan.ts'
import { planGrafana } from '../plan/grafana-plan.ts'
import type { Step } from '../plan/step.ts'
import { datadogAccess } from '../publishers/datadog-access.ts'
import { connectDatadog } from '../publishers/datadog-api.ts'
import { grafanaAccess } from '../publishers/grafana-access.ts'
import { connectGrafana } from '../publishers/grafana-api.ts'

/** Something to compare with, or to publish to. */
export interface Source {
  readonly target: string
  readonly plan: (set: DashboardSet) => Promise<readonly Step[]>
}

export type ServerOptions = Pick<CliOptions, 'datadog' | 'grafana' | 'overwrite' | 'prune'>

export interface Connection {
  readonly env: NodeJS.ProcessEnv
  /** Ends what only reads. */
  readonly signal?: AbortSignal
  /** What answered, and where. */
  readonly connected?: (line: string) => void
}

/**
 * Grafana and Datadog: those that are asked for, or else those that the environment leads to.
 * @param namesOthers whether something else is asked for
 */
export const serverSources = (
  set: DashboardSet,
  options: ServerOptions,
  connection: Connection,
  namesOthers = false,
): readonly Source[] => {
  const { datadog, grafana } = options
  const { env } = connection
  const isFree = !grafana && !datadog && !namesOthers
  return [
    ...(grafana || (isFree && env['GRAFANA_URL']) ? [inGrafana(options, connection)] : []),
    ...(datadog || (isFree && set.datadog?.monitors && hasKeys(env))
      ? [inDatadog(options, connection)]
      : []),
  ]
}

const hasKeys = (env: NodeJS.ProcessEnv): boolean =>
  ['DD_API_KEY', 'DD_APP_KEY'].every((name) => env[name] || env[`${name}_FILE`])

const inGrafana = (options: ServerOptions, { connected, env, signal }: Connection): Source => ({
  target: 'Grafana',
  plan: async (set) => {
    const grafana = await connectGrafana(await grafanaAccess(env), { signal })
    connected?.(`Grafana ${grafana.version} at ${grafana.url}`)
    return [
      ...(await planGrafana(set, grafana, options)),
      ...(await planGrafanaAlerts(set, grafana, options)),
    ]
  },
})

const inDatadog = (options: ServerOptions, { connected, env, signal }: Connection): Source => ({
  target: 'Datadog',
  plan: async (set) => {
    if (!set.datadog) {
      throw new Error('the set has no Datadog. Give datadog in defineDashboards.')
    }
    const datadog = await connectDatadog(await datadogAccess(set.datadog.site, env), { signal })
    connected?.(`Datadog at ${datadog.url}`)
    return planDatadog(buildDatadog(set), set.folder.uid, datadog, options)
  },
})
