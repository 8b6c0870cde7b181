import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareFirings, isSame } from './compare-firings.ts'
import type { Firing } from './firings.ts'

const firing = (from: number, to?: number): Firing => ({
  since: from,
  from,
  ...(to !== undefined && { to }),
})

test('firings that overlap are compared: later, and shorter', () => {
  expect(compareFirings([firing(10, 50)], [firing(20, 40)])).toEqual([
    { today: firing(10, 50), changed: firing(20, 40), later: 10, longer: -20 },
  ])
})

test('a firing that the other catalog has nothing of stands alone, in the order of time', () => {
  expect(compareFirings([firing(100, 110)], [firing(10, 20)])).toEqual([
    { changed: firing(10, 20) },
    { today: firing(100, 110) },
  ])
})

test('firings that only follow each other are no pair', () => {
  expect(compareFirings([firing(10, 20)], [firing(100, 110)])).toEqual([
    { today: firing(10, 20) },
    { changed: firing(100, 110) },
  ])
})

test('what fires later for as long is not the same', () => {
  expect(compareFirings([firing(10, 20)], [firing(15, 25)]).some(isSame)).toBe(false)
})

test('two firings that the other catalog has as one are told as parts of it', () => {
  expect(compareFirings([firing(10, 20), firing(30, 40)], [firing(10, 40)])).toEqual([
    { today: firing(10, 20), changed: firing(10, 40), later: 0, longer: 20 },
    { today: firing(30, 40), joined: true },
  ])
})

test('what has no end has no length to compare', () => {
  const [pair] = compareFirings([firing(10, 20)], [firing(10)])
  expect(pair).toEqual({ today: firing(10, 20), changed: firing(10), later: 0 })
  expect(pair && isSame(pair)).toBe(false)
})

test('every firing is in one pair, and a catalog compared with itself is the same', () => {
  const list = fc
    .uniqueArray(fc.nat({ max: 1000 }), { maxLength: 20 })
    .map((bounds) => bounds.toSorted((a, b) => a - b))
    .map((bounds) =>
      bounds.flatMap((at, index) => (index % 2 === 0 ? [firing(at, bounds[index + 1])] : [])),
    )
  fc.assert(
    fc.property(list, list, (today, changed) => {
      const pairs = compareFirings(today, changed)
      expect(new Set(pairs.flatMap((pair) => pair.today ?? []))).toEqual(new Set(today))
      expect(pairs.flatMap((pair) => pair.changed ?? [])).toHaveLength(changed.length)
      expect(compareFirings(today, today).every(isSame)).toBe(true)
    }),
  )
})
