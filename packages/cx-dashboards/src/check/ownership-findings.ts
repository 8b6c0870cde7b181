import { type Catalog, type Objective, partsOf } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import type { Finding } from './finding.ts'

/** Who hears of a service's silence, where a page leads, and in which environments. */
export const ownershipFindings = (catalog: Catalog, alerting: Alerting | undefined): Finding[] => [
  ...(alerting ? [] : noAlerting(catalog)),
  ...undeclaredServices(catalog),
  ...(alerting ? runbookFindings(catalog.objectives, alerting) : []),
  ...catalog.objectives.flatMap((objective, index) =>
    environmentFindings(`objectives[${index}].indicator`, objective, alerting),
  ),
]

const noAlerting = ({ objectives }: Catalog): Finding[] =>
  objectives.length === 0
    ? []
    : [
        {
          severity: 'warning',
          path: 'alerting',
          message: 'the config has none, so no rules are made and nobody is alerted',
          remedy: 'Give defineDashboards({ alerting: { contacts, environments } })',
        },
      ]

/** No requests are no alarm, so only a heartbeat tells that a service is gone. */
const undeclaredServices = ({ objectives, services }: Catalog): Finding[] => {
  const users = new Map<string, string[]>()
  for (const objective of objectives) {
    for (const name of servicesOf(objective)) {
      users.set(name, [...(users.get(name) ?? []), objective.name])
    }
  }
  return [...users]
    .filter(([name]) => !services.some((service) => service.name === name))
    .map(([name, names]) => ({
      severity: 'warning' as const,
      path: 'services',
      message: `${JSON.stringify(name)} is not declared, so nobody is told when it falls silent, and ${names.join(', ')} cannot tell it either: no requests are no failures`,
      remedy: `Add service(${JSON.stringify(name)}, { owner: … }) where it tells cx_build_info`,
    }))
}

const servicesOf = ({ indicator }: Objective): ReadonlySet<string> =>
  new Set(
    [indicator.total, indicator.good]
      .flatMap(partsOf)
      .flatMap(({ operations }) => operations)
      .flatMap(({ service }) => service ?? []),
  )

const runbookFindings = (objectives: readonly Objective[], alerting: Alerting): Finding[] => {
  const without = objectives.filter(({ runbook }) => runbook === undefined)
  if (without.length === 0) return []
  const names = without.map(({ name }) => name).join(', ')
  return alerting.runbookUrl === undefined
    ? [
        {
          severity: 'warning',
          path: 'objectives',
          message: `the alerts of ${names} lead to no runbook`,
          remedy: 'Give each a runbook, or alerting.runbookUrl, where the generated pages are read',
        },
      ]
    : [
        {
          severity: 'note',
          path: 'objectives',
          message: `no runbook of their own: ${names}; their alerts lead to the generated pages`,
          remedy: 'Extend those by what your team knows, or give runbook',
        },
      ]
}

/** A metric of one environment, where pages page in others only. */
const environmentFindings = (
  path: string,
  { indicator, name }: Objective,
  alerting: Alerting | undefined,
): Finding[] => {
  const environment = indicator.total.instrument.labels?.environment
  if (!alerting || typeof environment !== 'object') return []
  if (alerting.environments.includes(environment.always)) return []
  return [
    {
      severity: 'warning',
      path,
      message: `${name} is always of ${JSON.stringify(environment.always)}, where pages are tickets: alerting.environments has ${alerting.environments.join(', ')}`,
      remedy: 'Add it there, or correct always(…)',
    },
  ]
}
