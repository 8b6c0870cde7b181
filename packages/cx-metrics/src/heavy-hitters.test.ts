import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHeavyHitters } from './heavy-hitters.ts'

const anyStream = fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 500 })

const counted = (stream: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const value of stream) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

test('with room for all, counts are exact and in order', () => {
  fc.assert(
    fc.property(anyStream, (stream) => {
      const hitters = createHeavyHitters(31)
      for (const value of stream) hitters.add(value, 1)
      const found = hitters.heavierThan(0)
      expect(new Map(found.map(({ atLeast, value }) => [value, atLeast]))).toEqual(counted(stream))
      expect(found.map(({ atLeast }) => atLeast)).toEqual(
        found.map(({ atLeast }) => atLeast).toSorted((a, b) => b - a),
      )
    }),
  )
})

test('with less room, what is claimed is never more than the truth', () => {
  fc.assert(
    fc.property(anyStream, fc.integer({ min: 1, max: 10 }), (stream, capacity) => {
      const hitters = createHeavyHitters(capacity)
      for (const value of stream) hitters.add(value, 1)
      const truth = counted(stream)
      const found = hitters.heavierThan(0)
      expect(found.length).toBeLessThanOrEqual(capacity)
      for (const { atLeast, value } of found) expect(atLeast).toBeLessThanOrEqual(truth.get(value)!)
    }),
  )
})

test('whoever has more than its share of the room is found', () => {
  const hitters = createHeavyHitters(10)
  // One in five of 10,000 is heavy; the others come once each.
  for (let index = 0; index < 10_000; index += 1)
    hitters.add(index % 5 === 0 ? 'heavy' : `light-${index}`, 1)
  const [first] = hitters.heavierThan(100)
  expect(first!.value).toBe('heavy')
  expect(first!.atLeast).toBeGreaterThan(1000)
})

test('what is removed is gone, and the order of the rest holds', () => {
  fc.assert(
    fc.property(anyStream, anyStream, (stream, gone) => {
      const hitters = createHeavyHitters(31)
      for (const value of stream) hitters.add(value, 1)
      for (const value of gone) hitters.remove(value)
      const left = counted(stream.filter((value) => !gone.includes(value)))
      expect(new Map(hitters.heavierThan(0).map(({ atLeast, value }) => [value, atLeast]))).toEqual(
        left,
      )
      for (let index = 0; index < 40; index += 1) hitters.add(`new-${index}`, 1000)
      expect(hitters.heavierThan(0)).toHaveLength(31)
    }),
  )
})
