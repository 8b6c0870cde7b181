import {
  availability,
  catalog,
  days,
  feature,
  objective,
  operation,
  owner,
  percent,
  service,
} from 'cx-definition'
import {
  catalogDashboards,
  contact,
  type DashboardSet,
  defineDashboards,
  webhook,
} from 'cx-dashboards'

const servicesPerOwner = 50

/** A made company: each service has a feature with two operations and an objective, and a dashboard for all three. */
export const manyServices = (count: number): DashboardSet => {
  const owners = Array.from({ length: Math.ceil(count / servicesPerOwner) }, (_, index) =>
    owner(`team-${index}`),
  )
  const services = Array.from({ length: count }, (_, index) =>
    service(`service-${index}`, { owner: owners[index % owners.length] ?? owner('nobody') }),
  )
  const features = services.map(({ name, owner: team }) =>
    feature(`feature-of-${name}`, {
      owner: team,
      operations: [operation(name, 'GET', '/things/:id'), operation(name, 'PUT', '/things')],
    }),
  )
  const objectives = features.map((each) =>
    objective(`${each.name}-available`, {
      feature: each,
      indicator: availability({ of: each.operations }),
      target: percent(99.9),
      window: days(30),
    }),
  )
  const made = catalog({ owners, features, services, objectives })
  const told = [webhook({ url: 'http://127.0.0.1:9095' })]
  return defineDashboards({
    catalog: made,
    folder: { uid: 'cx', title: 'Customer experience' },
    dashboards: catalogDashboards({ catalog: made }),
    alerting: {
      contacts: owners.map((team) => contact(team, { page: told, ticket: told })),
      environments: ['production'],
      grafanaUrl: 'https://grafana.example.com',
      runbookUrl: 'https://runbooks.example.com',
    },
  })
}
