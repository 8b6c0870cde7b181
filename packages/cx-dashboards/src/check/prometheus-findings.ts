import type { Catalog } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import { silenceCondition, silentFor } from '../promql/alert-conditions.ts'
import { labels } from '../promql/queries.ts'
import type { Prometheus } from '../publishers/prometheus-api.ts'
import type { Finding } from './finding.ts'
import type { Comparison } from './measured-pace.ts'
import { retentionOf, versionFindings } from './prometheus-server.ts'
import { type Retention, retentionFindings } from './retention.ts'
import { roughly } from './spoken-number.ts'
import { trafficFindings } from './traffic-findings.ts'

/**
 * What a real Prometheus says about a catalog. Whatever it answers, this resolves: a failure is a finding.
 * @param options.now seconds since 1970
 * @param options.retention where it is known better than by asking
 */
export const prometheusFindings = async (
  catalog: Catalog,
  alerting: Alerting | undefined,
  prometheus: Prometheus,
  { now, retention }: { readonly now: number; readonly retention: Retention | undefined },
): Promise<Finding[]> => {
  const comparison: Comparison = {
    prometheus,
    dimension: catalog.dimension.name,
    environments: alerting?.environments ?? [],
    now,
  }
  const questions = [
    async () => versionFindings(await prometheus.version()),
    async () => retentionFindings(catalog, retention ?? (await retentionOf(prometheus))),
    ...catalog.objectives.map(
      (objective, index) => () => trafficFindings(`objectives[${index}]`, objective, comparison),
    ),
    ...catalog.services.map(
      (service, index) => () => silenceFindings(`services[${index}]`, service, comparison),
    ),
  ]
  return untilItFailsTwice(questions)
}

/** One query that is too much for it says nothing about the next; two in a row, and each would only cost its time. */
const untilItFailsTwice = async (
  questions: readonly (() => Promise<Finding[]>)[],
): Promise<Finding[]> => {
  const found: Finding[] = []
  let failures = 0
  for (const question of questions) {
    try {
      found.push(...(await question()))
      failures = 0
    } catch (error) {
      failures += 1
      found.push(failureFinding(error))
    }
    if (failures === 2) return distinct([...found, givenUp])
  }
  return distinct(found)
}

const failureFinding = (error: unknown): Finding => ({
  severity: 'error',
  path: '--prometheus',
  message: (error instanceof Error ? error.message : String(error)).replace(/\.$/, ''),
  remedy: 'What was asked is not known; long-term storage that tells no flags needs --retention',
})

const givenUp: Finding = {
  severity: 'note',
  path: '--prometheus',
  message: 'it failed twice in a row, so it was asked no more',
  remedy: 'Mend that and run the check again',
}

/** The same failure of several questions is one. */
const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((each) => [JSON.stringify(each), each])).values(),
]

/** What the heartbeat would page about at once. */
const silenceFindings = async (
  path: string,
  service: Catalog['services'][number],
  { environments, prometheus }: Comparison,
): Promise<Finding[]> => {
  if (environments.length === 0) return []
  const silent = await prometheus.query(silenceCondition(service, environments).text)
  return silent.map(({ labels: own }) => {
    const environment = own[labels.environment] ?? ''
    return {
      severity: 'warning',
      path,
      message: `${JSON.stringify(service.name)} was not heard in ${environment} for ${roughly(silentFor.seconds)}: its heartbeat would page at once`,
      remedy: `Let it tell cx_build_info, or take it out of services; and ${environment} out of alerting.environments where it does not run`,
    }
  })
}
