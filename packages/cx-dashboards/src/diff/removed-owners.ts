import type { RouteTest } from '../alertmanager/route-tests.ts'
import { matchersIn } from './label-matchers.ts'
import { childrenOf } from './route-tree.ts'
import { isRecord } from './shown-value.ts'

type Json = Readonly<Record<string, unknown>>
type Alert = Pick<RouteTest, 'labels' | 'title'>

/** Alerts of owners that a configuration knows and the other does not: what still fires of them must go somewhere. */
export const removedOwners = (live: Json, desired: Json, alerts: readonly Alert[]): Alert[] => {
  const known = new Set([
    ...ownersIn(desired),
    ...alerts.flatMap(({ labels }) => labels['owner'] ?? []),
  ])
  const environments = new Set(
    alerts.flatMap(({ labels }) => labels['deployment_environment_name'] ?? []),
  )
  return [...new Set(ownersIn(live))]
    .filter((owner) => !known.has(owner))
    .flatMap((owner) => [...environments].flatMap((environment) => alertsOf(owner, environment)))
}

const alertsOf = (owner: string, environment: string): Alert[] =>
  ['page', 'ticket'].map((severity) => ({
    title: `a ${severity} of ${owner} in ${environment}`,
    labels: {
      alertname: 'CxErrorBudgetBurn',
      owner,
      severity,
      deployment_environment_name: environment,
    },
  }))

const ownersIn = ({ route }: Json): string[] => (isRecord(route) ? ownersBelow(route) : [])

const ownersBelow = (route: Json): string[] => [
  ...matchersIn(route).flatMap(({ label, operator, value }) =>
    label === 'owner' && operator === '=' ? [value] : [],
  ),
  ...childrenOf(route).flatMap(ownersBelow),
]
