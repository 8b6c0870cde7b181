import type { PlacedPanel } from './dashboard-parts.ts'
import { type Key, paired, type Pairs } from './paired.ts'
import { isRecord, stableJson } from './shown-value.ts'

// What makes two panels the same, the surest first. An id alone is weak: generated ones count from the top.
const keys: readonly Key<PlacedPanel>[] = [
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
): Pairs<PlacedPanel> => paired(before, after, keys)

const shownBy = ({ json }: PlacedPanel): unknown => {
  const targets = Array.isArray(json['targets']) ? json['targets'].filter(isRecord) : []
  const queries = targets.flatMap(({ expr }) => (typeof expr === 'string' ? [expr] : []))
  return queries.length > 0 ? queries : json['options']
}
