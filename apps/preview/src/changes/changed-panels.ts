import type { Dashboard, Panel, RowPanel } from '@grafana/schema'

/** How a panel differs from what was there before. */
export type PanelChange = 'changed' | 'new'

export type PanelChanges = ReadonlyMap<string, PanelChange>

/** What a panel is, wherever it stands: ids and places move when another panel comes or goes. */
export function panelIdentity(panel: Panel): string {
  const { id: _id, gridPos: _gridPos, ...rest } = panel
  return JSON.stringify(rest)
}

/** Panels of a dashboard that were not there, just so, before. */
export function changedPanels(before: Dashboard, now: Dashboard): PanelChanges {
  const former = allPanels(before)
  const known = new Set(former.map(panelIdentity))
  const titles = new Set(former.map(({ title }) => title))
  const changes = new Map<string, PanelChange>()
  for (const panel of allPanels(now)) {
    const identity = panelIdentity(panel)
    if (!known.has(identity)) changes.set(identity, titles.has(panel.title) ? 'changed' : 'new')
  }
  return changes
}

const allPanels = ({ panels = [] }: Dashboard): readonly Panel[] =>
  (panels as readonly (Panel | RowPanel)[]).flatMap((panel) =>
    isRow(panel) ? (panel.panels ?? []) : [panel],
  )

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row'
