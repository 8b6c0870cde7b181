import type { Panel, RowPanel } from '@grafana/schema'
import type { VariableValue } from '../interpolation/variable-value.ts'
import { repeatedValues, type RepeatedValue } from '../repeat/repeated-value.ts'

/** The panels under one row's heading; those above the first row have none. */
export interface GridSection {
  readonly row?: RowPanel
  /** Which of the values that the row is repeated by. */
  readonly repeated?: RepeatedValue
  readonly panels: readonly Panel[]
}

/** In the JSON an open row is followed by its panels, a collapsed row holds them. */
export function gridSections(panels: ReadonlyArray<Panel | RowPanel>): GridSection[] {
  const sections: Array<{ row?: RowPanel; panels: Panel[] }> = [{ panels: [] }]
  for (const panel of panels.toSorted(byPosition)) {
    if (isRow(panel)) sections.push({ row: panel, panels: [...(panel.panels ?? [])] })
    else sections.at(-1)!.panels.push(panel)
  }
  return sections.filter(({ row, panels: own }) => row || own.length > 0)
}

/** A repeated row comes once for every chosen value, with all its panels. */
export const repeatSections = (
  sections: readonly GridSection[],
  variables: readonly VariableValue[],
): readonly GridSection[] =>
  sections.flatMap((section) => {
    const { row } = section
    const values = row?.repeat ? repeatedValues(row.repeat, variables) : undefined
    return values ? values.map((repeated) => ({ ...section, repeated })) : [section]
  })

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row'
const byPosition = (a: Panel | RowPanel, b: Panel | RowPanel) =>
  (a.gridPos?.y ?? 0) - (b.gridPos?.y ?? 0) || (a.gridPos?.x ?? 0) - (b.gridPos?.x ?? 0)
