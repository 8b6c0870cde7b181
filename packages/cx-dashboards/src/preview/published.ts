import { changeText, type Change } from '../diff/change.ts'
import { dashboardChanges } from '../diff/describe-dashboard.ts'
import { named } from '../diff/safe-text.ts'
import { grafanaAccess } from '../publishers/grafana-access.ts'
import { connectGrafana } from '../publishers/grafana-api.ts'

/** How a dashboard differs from the one that is in Grafana. */
export interface PublishedDiff {
  readonly state: 'same' | 'changed' | 'unpublished'
  /** In words, a line each. */
  readonly changes: readonly string[]
  /** By the titles of panels, as they are in the JSON. */
  readonly panels: Readonly<Record<string, 'changed' | 'new'>>
}

/** @param json of the dashboard as it would be published */
export type ReadPublished = (uid: string, json: string) => Promise<PublishedDiff>

/** Looks into the Grafana at `GRAFANA_URL`, anew for every dashboard that is shown. @throws {Error} where it cannot be reached */
export const publishedIn = async (env: NodeJS.ProcessEnv): Promise<ReadPublished> => {
  const { readDashboard } = await connectGrafana(await grafanaAccess(env))
  return async (uid, json) => publishedDiff(json, await readDashboard(uid))
}

/** @param live as Grafana has it; undefined where it has none */
export const publishedDiff = (
  json: string,
  live: { readonly json: unknown } | undefined,
): PublishedDiff => {
  if (!live) return { state: 'unpublished', changes: [], panels: {} }
  const desired: unknown = JSON.parse(json)
  const changes = dashboardChanges(live.json, desired)
  return {
    state: changes.length === 0 ? 'same' : 'changed',
    changes: changes.map(changeText),
    panels: markedPanels(changes, desired),
  }
}

/** Panels that a change is about. */
const markedPanels = (changes: readonly Change[], dashboard: unknown): PublishedDiff['panels'] =>
  Object.fromEntries(
    titlesOf(dashboard).flatMap((title) => {
      const own = changes.filter(({ subject }) => isAbout(subject, title))
      if (own.length === 0) return []
      return [[title, own.some(({ what }) => what === 'panel added') ? 'new' : 'changed']]
    }),
  )

/** Where several panels have a title, their row is told with it. */
const isAbout = (subject: string | undefined, title: string): boolean =>
  subject === named(title) || !!subject?.startsWith(`${named(title)} in `)

const titlesOf = (dashboard: unknown): readonly string[] =>
  childrenOf(dashboard).flatMap((panel) => [
    ...(typeof panel === 'object' && panel !== null && 'title' in panel
      ? [String(panel.title)]
      : []),
    ...titlesOf(panel),
  ])

const childrenOf = (parent: unknown): readonly unknown[] =>
  typeof parent === 'object' &&
  parent !== null &&
  'panels' in parent &&
  Array.isArray(parent.panels)
    ? parent.panels
    : []
