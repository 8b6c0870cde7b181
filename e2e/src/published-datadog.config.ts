import { datadogContact, defineDashboards } from 'cx-dashboards'
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
} from 'cx-definition'

/** What a test wants published in Datadog. */
export interface PublishedObjectives {
  readonly uid: string
  readonly handle: string
  readonly objectives: readonly { readonly name: string; readonly target: number }[]
}

const given = process.env['PUBLISHED_OBJECTIVES']
const { handle, objectives, uid }: PublishedObjectives = JSON.parse(
  given ?? '{"uid":"cx","handle":"@slack-a","objectives":[]}',
)
const platform = owner('platform')
const features = objectives.map(({ name }) =>
  feature(name, {
    title: `Feature ${name}`,
    description: 'For a test',
    owner: platform,
    operations: [operation('api', 'GET', `/${name}`)],
  }),
)

export default defineDashboards({
  catalog: catalog({
    owners: [platform],
    features,
    objectives: objectives.flatMap(({ name, target }, index) => {
      const its = features[index]
      if (!its) return []
      const indicator = availability({ of: its.operations })
      const promise = { target: percent(target), window: days(30), traffic: perHour(600) }
      return [objective(name, { feature: its, indicator, ...promise })]
    }),
  }),
  folder: { uid, title: 'For a test' },
  dashboards: [],
  datadog: {
    site: 'datadoghq.eu',
    monitors: {
      mode: 'primary',
      environment: 'production',
      contacts: [datadogContact(platform, { page: [handle], ticket: [handle] })],
    },
  },
})
