import type { Panel } from '@grafana/schema'
import type { VariableValue } from '../interpolation/variable-value.ts'
import { repeatedValues, type RepeatedValue } from './repeated-value.ts'

/** A panel where it stands on the grid; a copy of a repeated one knows whose it is. */
export interface PlacedPanel {
  readonly panel: Panel
  readonly key: string
  readonly repeated?: RepeatedValue
}

const columns = 24
const usualPerRow = 4

/** Copies each repeated panel for every chosen value, and moves down what stands below. */
export function repeatPanels(
  panels: readonly Panel[],
  variables: readonly VariableValue[],
): readonly PlacedPanel[] {
  let shift = 0
  const shifts: { readonly below: number; readonly by: number }[] = []
  return panels.toSorted(byRow).flatMap((panel, index): readonly PlacedPanel[] => {
    const { y } = placeOf(panel)
    shift = shifts.filter(({ below }) => y >= below).reduce((sum, { by }) => sum + by, 0)
    const key = String(panel.id ?? `panel ${index}`)
    const values = panel.repeat ? repeatedValues(panel.repeat, variables) : undefined
    if (!values) return [{ panel: moved(panel, { y: y + shift }), key }]
    const copies = values.map((repeated, at) => ({
      panel: moved(panel, placeOfCopy(panel, at, values.length, shift)),
      key: `${key} ${at}`,
      repeated,
    }))
    shifts.push(growth(panel, values.length))
    return copies
  })
}

const byRow = (a: Panel, b: Panel): number =>
  placeOf(a).y - placeOf(b).y || placeOf(a).x - placeOf(b).x

const placeOf = ({
  gridPos: { x = 0, y = 0, w = 12, h = 8 } = {} as NonNullable<Panel['gridPos']>,
}: Panel) => ({
  x,
  y,
  w,
  h,
})

const moved = (panel: Panel, place: Partial<ReturnType<typeof placeOf>>): Panel => ({
  ...panel,
  gridPos: { ...placeOf(panel), ...place },
})

/** Side by side, so many in a row, over the whole width; or one below the other. */
const placeOfCopy = (panel: Panel, at: number, count: number, shift: number) => {
  const { h, y } = placeOf(panel)
  if (panel.repeatDirection === 'v') return { y: y + shift + at * h }
  const perRow = Math.min(count, panel.maxPerRow ?? usualPerRow)
  const w = Math.floor(columns / perRow)
  return { x: (at % perRow) * w, w, y: y + shift + Math.floor(at / perRow) * h }
}

const growth = (panel: Panel, count: number) => {
  const { h, y } = placeOf(panel)
  const perRow =
    panel.repeatDirection === 'v' ? 1 : Math.max(1, Math.min(count, panel.maxPerRow ?? usualPerRow))
  return { below: y + h, by: (Math.ceil(count / perRow) - 1) * h }
}
