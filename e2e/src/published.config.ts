import { defineDashboards, graph, row } from 'cx-dashboards'
import { catalog, owner } from 'cx-definition'

/** What a test wants published. */
export interface PublishedSet {
  readonly folder: { readonly uid: string; readonly title: string }
  readonly folders?: 'byOwner'
  readonly dashboards: readonly {
    readonly uid: string
    readonly title: string
    readonly owner?: string
  }[]
}

const set: PublishedSet = JSON.parse(process.env['PUBLISHED_SET'] ?? '{}')
const owners = [...new Set(set.dashboards.flatMap((each) => each.owner ?? []))].map((name) =>
  owner(name),
)
const panels = [graph({ name: 'API' }).requests()]

export default defineDashboards({
  catalog: catalog({ owners, features: [] }),
  folder: set.folder,
  ...(set.folders && { folders: set.folders }),
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
