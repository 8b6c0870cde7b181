import type { PanelSize } from './panel.ts'

export const gridColumns = 24

export interface GridPosition {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Sets panels from left to right; one that does not fit begins a line below the tallest of the last. */
export const placePanels = (panels: readonly PanelSize[], top: number): readonly GridPosition[] => {
  let x = 0
  let y = top
  let lineHeight = 0
  return panels.map(({ height, width }) => {
    if (x + width > gridColumns) {
      x = 0
      y += lineHeight
      lineHeight = 0
    }
    const position = { x, y, w: width, h: height }
    x += width
    lineHeight = Math.max(lineHeight, height)
    return position
  })
}

export const bottomOf = (positions: readonly GridPosition[], top: number): number =>
  Math.max(top, ...positions.map(({ h, y }) => y + h))
