import { contact, defineDashboards, graph, row, webhook } from 'cx-dashboards'
import { availability, catalog, days, feature, objective, owner, percent } from 'cx-definition'

/** What a test wants published. */
export interface PublishedSet {
  readonly folder: { readonly uid: string; readonly title: string }
  readonly folders?: 'byOwner'
  /** With folders by owner, the teams that may edit them, by the names of owners. */
  readonly teams?: Readonly<Record<string, string>>
  readonly dashboards: readonly {
    readonly uid: string
    readonly title: string
    readonly owner?: string
  }[]
  /** Promises of these shares, in percent, whose alerts Grafana evaluates, by the names of objectives. */
  readonly promised?: Readonly<Record<string, number>>
}

const set: PublishedSet = JSON.parse(process.env['PUBLISHED_SET'] ?? '{}')
const owners = [...new Set(set.dashboards.flatMap((each) => each.owner ?? []))].map((name) =>
  owner(name),
)
const panels = [graph({ name: 'API' }).requests()]

const team = owner('promising')
const promises = feature('promises', { owner: team })
const promised = set.promised && {
  owners: [...owners, team],
  features: [promises],
  objectives: Object.entries(set.promised).map(([name, target]) =>
    objective(name, {
      feature: promises,
      indicator: availability({ of: [{ service: 'shop' }] }),
      target: percent(target),
      window: days(30),
    }),
  ),
}
const receiver = [webhook({ url: 'https://inbox.example' })]
const others = owners.map((each) => contact(each, { page: receiver, ticket: receiver }))

export default defineDashboards({
  catalog: catalog(promised ?? { owners, features: [] }),
  ...(promised && {
    alerting: {
      contacts: [...others, contact(team, { page: receiver, ticket: receiver })],
      environments: ['production'],
      grafanaManaged: { datasourceUid: 'prometheus' },
    },
  }),
  folder: set.folder,
  ...(set.folders && { folders: set.folders }),
  ...(set.teams && { folders: { teamOf: ({ name }) => set.teams?.[name] } }),
  dashboards: set.dashboards.map(({ owner: name, title, uid }) => {
    const its = owners.find((each) => each.name === name)
    return {
      uid,
      title,
      description: 'For a test',
      rows: [row('Row', panels)],
      ...(its && { owner: its }),
    }
  }),
})
