import { buildDashboards, type DashboardSet } from 'cx-dashboards'
import sample from 'sample-catalog/dashboards'
import { runChild } from './run-child.ts'

const chosen = sample.dashboards.filter(({ uid }) => uid.startsWith('documents-api'))
const uids = new Set(chosen.map(({ uid }) => uid))

/** The sample's dashboards that somebody drew, by themselves: without the way out to those that are not there. */
export const theTwo: DashboardSet = {
  catalog: sample.catalog,
  folder: sample.folder,
  dashboards: chosen.map(({ zoomOutTo, ...each }) =>
    zoomOutTo !== undefined && uids.has(zoomOutTo) ? { ...each, zoomOutTo } : each,
  ),
}

interface Shown {
  readonly title?: string
  readonly targets?: readonly unknown[]
}

const shape = (panels: readonly Shown[]): string =>
  panels.map(({ targets = [], title }) => `${title} × ${targets.length}`).join(', ')

/** @throws Error where Jsonnet makes other panels, or other numbers of queries: one of the two would do less work */
export const expectSameOf = (jsonnetFile: string): void => {
  const made: Record<string, { readonly panels: readonly Shown[] }> = JSON.parse(
    runChild('jsonnet', [jsonnetFile]).output,
  )
  for (const { json, uid } of buildDashboards(theTwo)) {
    const [ours, theirs] = [json.panels ?? [], made[uid]?.panels ?? []].map(shape)
    if (ours !== theirs) throw new Error(`${uid} is not the same:\n${ours}\n${theirs}`)
  }
}
