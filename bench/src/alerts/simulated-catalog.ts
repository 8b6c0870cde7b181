import { type Artifact, buildArtifacts, contact, defineDashboards, webhook } from 'cx-dashboards'
import {
  availability,
  catalog,
  days,
  feature,
  objective,
  operation,
  owner,
  percent,
  perHour,
  seconds,
} from 'cx-definition'

const team = owner('team')
const read = operation('documents', 'GET', '/api/documents/:id')
const documents = feature('documents', { owner: team, operations: [read] })

/** Of all that is simulated here. */
export const promised = { percent: 99.9, days: 30 } as const

/** The counter that the rules read, as the simulator fills it. */
export const metric = {
  name: 'cx_requests_total',
  labels: {
    service_name: read.service,
    http_request_method: 'GET',
    http_route: '/api/documents/:id',
    deployment_environment_name: 'production',
  },
  good: { outcome: 'success', http_response_status_code: '200' },
  bad: { outcome: 'server_error', http_response_status_code: '500' },
  dimension: 'customer',
} as const

export interface RuleOptions {
  /** What the objective declares. */
  readonly requestsAnHour: number
  /** From one evaluation of the rules to the next. */
  readonly intervalSeconds: number
}

/** The rules that a team gets for one objective. */
export const generatedRules = ({ intervalSeconds, requestsAnHour }: RuleOptions): string => {
  const available = objective('availability', {
    feature: documents,
    indicator: availability({ of: documents.operations }),
    target: percent(promised.percent),
    window: days(promised.days),
    traffic: perHour(requestsAnHour),
  })
  const hook = webhook({ url: 'http://127.0.0.1/' })
  const set = defineDashboards({
    catalog: catalog({ owners: [team], features: [documents], objectives: [available] }),
    folder: { uid: 'simulation', title: 'Simulation' },
    dashboards: [],
    alerting: {
      contacts: [contact(team, { page: [hook], ticket: [hook] })],
      environments: ['production'],
      interval: seconds(intervalSeconds),
    },
  })
  return rulesOf(buildArtifacts(set))
}

const rulesOf = (artifacts: readonly Artifact[]): string => {
  const files = artifacts.filter(({ path }) => path.endsWith('objective-availability.rules.yml'))
  if (files.length !== 1) throw new Error(`expected one rule file, got ${files.length}`)
  return files[0]!.content
}
