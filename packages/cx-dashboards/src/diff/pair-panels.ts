import type { PlacedPanel } from './dashboard-parts.ts'
import { isRecord, stableJson } from './shown-value.ts'

export interface PanelPairs {
  readonly pairs: readonly (readonly [PlacedPanel, PlacedPanel])[]
  readonly gone: readonly PlacedPanel[]
  readonly added: readonly PlacedPanel[]
}

type Key = (panel: PlacedPanel) => string

// What makes two panels the same, the surest first. An id alone is weak: generated ones count from the top.
const keys: readonly Key[] = [
  ({ id, row, title, type }) => stableJson([row, title, type, id]),
  ({ row, title, type }) => stableJson([row, title, type]),
  ({ title, type }) => stableJson([title, type]),
  ({ row, title }) => (title === '' ? '' : stableJson([row, title])),
  // Renamed, where what it shows is the same.
  (panel) => stableJson([panel.type, shownBy(panel)]),
]

/** Each panel of the one dashboard with the same of the other, where there is one. */
export const pairPanels = (
  before: readonly PlacedPanel[],
  after: readonly PlacedPanel[],
): PanelPairs => {
  const found = new Map<PlacedPanel, PlacedPanel>()
  const free = new Set(before)
  for (const key of keys) {
    const waiting = byKey([...free], key)
    for (const panel of after) {
      if (found.has(panel)) continue
      const match = waiting.get(key(panel))?.shift()
      if (!match) continue
      found.set(panel, match)
      free.delete(match)
    }
  }
  return {
    pairs: after.flatMap((now) => {
      const was = found.get(now)
      return was ? [[was, now] as const] : []
    }),
    gone: [...free],
    added: after.filter((panel) => !found.has(panel)),
  }
}

const byKey = (panels: readonly PlacedPanel[], key: Key): Map<string, PlacedPanel[]> => {
  const groups = new Map<string, PlacedPanel[]>()
  for (const panel of panels) {
    const name = key(panel)
    if (name !== '') groups.set(name, [...(groups.get(name) ?? []), panel])
  }
  return groups
}

const shownBy = ({ json }: PlacedPanel): unknown => {
  const targets = Array.isArray(json['targets']) ? json['targets'].filter(isRecord) : []
  const queries = targets.flatMap(({ expr }) => (typeof expr === 'string' ? [expr] : []))
  return queries.length > 0 ? queries : json['options']
}
