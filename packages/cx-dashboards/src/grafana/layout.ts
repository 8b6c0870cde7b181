import type { PanelSize } from './panel.ts'

export const gridColumns = 24

export interface GridPosition {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Sets panels from left to right, each as high as it fits beside those before it, and none above the one before. */
export const placePanels = (panels: readonly PanelSize[], top: number): readonly GridPosition[] => {
  const bottoms = Array.from({ length: gridColumns }, () => top)
  let least = top
  return panels.map(({ height, width }) => {
    const columns = bottoms.slice(0, gridColumns - width + 1)
    const heights = columns.map((bottom, x) => {
      let highest = Math.max(least, bottom)
      for (let at = x + 1; at < x + width; at += 1) highest = Math.max(highest, bottoms[at] ?? top)
      return highest
    })
    const y = Math.min(...heights)
    const x = heights.indexOf(y)
    bottoms.fill(y + height, x, x + width)
    least = y
    return { x, y, w: width, h: height }
  })
}

export const bottomOf = (positions: readonly GridPosition[], top: number): number =>
  Math.max(top, ...positions.map(({ h, y }) => y + h))
