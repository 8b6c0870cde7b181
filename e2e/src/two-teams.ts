import { buildArtifacts, contact, defineDashboards, pagerDuty, slack, webhook } from 'cx-dashboards'
import {
  availability,
  catalog,
  days,
  feature,
  objective,
  operation,
  owner,
  percent,
  seconds,
  service,
} from 'cx-definition'

const platform = owner('platform', { title: 'Platform {{ "x" }}' })
const growth = owner('growth')
const read = operation('some "service" {{', 'GET', '/documents')
const documents = feature('documents', { owner: platform, operations: [read] })
const available = objective('documents-availability', {
  feature: documents,
  indicator: availability({ of: [read] }),
  target: percent(99),
  window: days(30),
})

const teams = catalog({
  owners: [platform, growth],
  features: [documents],
  objectives: [available],
  services: [service('some "service" {{ \\ ', { owner: growth })],
})

export interface Receivers {
  readonly routingKeyFile: string
  readonly apiUrlFile: string
  readonly url: string
  readonly environments?: readonly string[]
}

/** What is generated at a path two teams that have all kinds of receivers. */
export const generated = (
  path: string,
  { apiUrlFile, environments = ['production'], routingKeyFile, url }: Receivers,
): string => {
  const set = defineDashboards({
    catalog: teams,
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      contacts: [
        contact(platform, {
          page: [pagerDuty({ routingKeyFile }), slack({ apiUrlFile, channel: '#platform' })],
          ticket: [webhook({ url: `${url}/platform-ticket` })],
        }),
        contact(growth, {
          page: [webhook({ url: `${url}/growth-page`, bearerTokenFile: apiUrlFile })],
          ticket: [webhook({ url: `${url}/growth-ticket` })],
        }),
      ],
      environments,
      ticketsWait: seconds(1),
    },
  })
  const artifact = buildArtifacts(set).find((each) => each.path === path)
  if (!artifact) throw new Error(`there is no ${path}`)
  return artifact.content
}
