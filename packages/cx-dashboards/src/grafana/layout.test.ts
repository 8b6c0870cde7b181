import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bottomOf, gridColumns, type GridPosition, placePanels } from './layout.ts'

const size = (width: number, height: number) => ({ width, height })

test('panels stand from left to right, and those below fill what a tall one leaves', () => {
  expect(placePanels([size(6, 8), size(9, 4), size(9, 4), size(9, 4), size(9, 4)], 1)).toEqual([
    { x: 0, y: 1, w: 6, h: 8 },
    { x: 6, y: 1, w: 9, h: 4 },
    { x: 15, y: 1, w: 9, h: 4 },
    { x: 6, y: 5, w: 9, h: 4 },
    { x: 15, y: 5, w: 9, h: 4 },
  ])
})

test('a panel never stands above the one before it', () => {
  expect(placePanels([size(12, 4), size(6, 8), size(12, 4), size(6, 4)], 1)).toEqual([
    { x: 0, y: 1, w: 12, h: 4 },
    { x: 12, y: 1, w: 6, h: 8 },
    { x: 0, y: 5, w: 12, h: 4 },
    { x: 18, y: 5, w: 6, h: 4 },
  ])
})

test('no two panels ever overlap or leave the grid, and the bottom is below all', () => {
  const anySize = fc.record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 20 }),
  })
  const overlap = (a: GridPosition, b: GridPosition) =>
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
  fc.assert(
    fc.property(fc.array(anySize, { maxLength: 30 }), fc.nat(100), (panels, top) => {
      const placed = placePanels(panels, top)
      const bottom = bottomOf(placed, top)
      for (const [index, position] of placed.entries()) {
        expect(position.x + position.w).toBeLessThanOrEqual(gridColumns)
        expect(position.y + position.h).toBeLessThanOrEqual(bottom)
        expect(placed.slice(index + 1).some((other) => overlap(position, other))).toBe(false)
      }
    }),
  )
})
