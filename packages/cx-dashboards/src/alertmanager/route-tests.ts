import type { Catalog, Objective, Owner, Severity } from 'cx-definition'
import { equals } from './matcher.ts'
import { receiverName, type Routing } from './routes.ts'

/** Where an alert with some labels must go. */
export interface RouteTest {
  readonly title: string
  readonly labels: Readonly<Record<string, string>>
  readonly receiver: string
  /** The same, for `amtool config routes test --config.file=FILE`. */
  readonly amtoolArguments: readonly string[]
}

type Labels = Readonly<Record<string, string>>

/** For each owner and whatever it owns: a page and a ticket in each environment, and a page elsewhere. */
export const routeTests = (
  { objectives, owners, services }: Pick<Catalog, 'objectives' | 'owners' | 'services'>,
  routing: Routing,
): RouteTest[] => [
  ...owners.flatMap((owner) =>
    everywhere(routing, owner, { alertname: 'CxErrorBudgetBurn', owner: owner.name }),
  ),
  ...objectives.flatMap((objective) =>
    everywhere(routing, objective.feature.owner, labelsOf(objective)),
  ),
  ...services.flatMap(({ name, owner }) =>
    everywhere(routing, owner, {
      alertname: 'CxServiceSilent',
      owner: owner.name,
      service_name: name,
    }),
  ),
  ...ownedByNobody(routing, owners),
]

const routeTest = (title: string, labels: Labels, receiver: string): RouteTest => ({
  title,
  labels,
  receiver,
  amtoolArguments: [
    `--verify.receivers=${receiver}`,
    ...Object.entries(labels).map(([label, value]) => equals(label, value)),
  ],
})

const labelsOf = ({ feature, name }: Objective): Labels => ({
  alertname: 'CxErrorBudgetBurn',
  owner: feature.owner.name,
  feature: feature.name,
  objective: name,
})

const everywhere = (
  { environments }: Routing,
  owner: Owner,
  labels: Labels,
  whose = labels['objective'] ?? labels['service_name'] ?? owner.name,
): RouteTest[] => {
  const test = (severity: Severity, environment: string, to: Severity): RouteTest =>
    routeTest(
      `a ${severity} of ${whose} in ${environment} goes to the ${to}s of ${owner.name}`,
      { ...labels, severity, deployment_environment_name: environment },
      receiverName(owner, to),
    )
  return [
    ...environments.flatMap((environment) => [
      test('page', environment, 'page'),
      test('ticket', environment, 'ticket'),
    ]),
    test('page', otherThan(environments), 'ticket'),
  ]
}

const ownedByNobody = (routing: Routing, owners: readonly Owner[]): RouteTest[] => {
  const [fallback] = routing.contacts
  if (!fallback) return []
  const nobody = otherThan(owners.map(({ name }) => name))
  const labels = { alertname: 'CxBrowserErrors', owner: nobody }
  return everywhere(routing, fallback.owner, labels, 'nobody')
}

const otherThan = (names: readonly string[]): string => {
  let name = 'another'
  while (names.includes(name)) name += '-one'
  return name
}
