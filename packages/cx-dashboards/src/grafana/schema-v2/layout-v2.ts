import type * as v1 from '@grafana/grafana-foundation-sdk/dashboard'
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2'
import { elementV2 } from './element-v2.ts'

type AnyPanel = v1.Panel | v1.RowPanel

interface ClassicRow {
  /** Undefined for what stands above the first. */
  readonly header?: v1.RowPanel
  readonly panels: readonly v1.Panel[]
}

/** Panels are named and listed by themselves; where they stand is told by rows that point to them. */
export const elementsAndLayout = (
  panels: readonly AnyPanel[],
): Pick<v2.Dashboard, 'elements' | 'layout'> => {
  const rows = rowsOf(panels)
  const all = rows.flatMap((row) => row.panels)
  return {
    elements: Object.fromEntries(all.map((panel) => [elementName(panel), elementV2(panel)])),
    layout: rows.some(({ header }) => header)
      ? { kind: 'RowsLayout', spec: { rows: rows.map(rowV2) } }
      : grid(all, 0),
  }
}

/** What is shown with a row follows it; a collapsed row holds it. */
const rowsOf = (panels: readonly AnyPanel[]): ClassicRow[] => {
  const starts = panels.flatMap((panel, index) => (isRow(panel) ? [index] : []))
  const above = panels.slice(0, starts[0] ?? panels.length).filter(isPanel)
  return [
    ...(above.length > 0 ? [{ panels: above }] : []),
    ...starts.map((start, index) => rowFrom(panels.slice(start, starts[index + 1]))),
  ]
}

const rowFrom = ([header, ...after]: readonly AnyPanel[]): ClassicRow => {
  if (!header || !isRow(header)) throw new Error('a row begins without its header')
  return { header, panels: [...header.panels, ...after.filter(isPanel)] }
}

const isRow = (panel: AnyPanel): panel is v1.RowPanel => panel.type === 'row'
const isPanel = (panel: AnyPanel): panel is v1.Panel => !isRow(panel)

const elementName = ({ id }: v1.Panel): string => `panel-${id}`

const rowV2 = ({ header, panels }: ClassicRow): v2.RowsLayoutRowKind => ({
  kind: 'RowsLayoutRow',
  spec: header
    ? {
        title: header.title ?? '',
        collapse: header.collapsed,
        ...(header.repeat
          ? { repeat: { mode: v2.RepeatMode.Variable, value: header.repeat } }
          : {}),
        layout: grid(panels, (header.gridPos?.y ?? 0) + 1),
      }
    : { title: '', collapse: false, hideHeader: true, layout: grid(panels, 0) },
})

const grid = (panels: readonly v1.Panel[], top: number): v2.GridLayoutKind => ({
  kind: 'GridLayout',
  spec: { items: panels.map((panel) => gridItem(panel, top)) },
})

const gridItem = (panel: v1.Panel, top: number): v2.GridLayoutItemKind => {
  const { h = 3, w = 6, x = 0, y = top } = panel.gridPos ?? {}
  return {
    kind: 'GridLayoutItem',
    spec: {
      x,
      y: y - top,
      width: w,
      height: h,
      element: { kind: 'ElementReference', name: elementName(panel) },
      ...(panel.repeat ? { repeat: repeatOptions(panel, panel.repeat) } : {}),
    },
  }
}

const repeatOptions = (
  { maxPerRow, repeatDirection }: v1.Panel,
  value: string,
): v2.RepeatOptions => ({
  mode: v2.RepeatMode.Variable,
  value,
  ...(repeatDirection ? { direction: repeatDirection } : {}),
  ...(maxPerRow ? { maxPerRow } : {}),
})
