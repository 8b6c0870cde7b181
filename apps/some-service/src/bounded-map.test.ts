import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBoundedMap } from './bounded-map.ts'

const idleMilliseconds = 100

test('Never holds more than it may, nor anything idle, and always what was used last', () => {
  const actions = fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'),
      act: fc.constantFrom('get', 'set', 'delete'),
      wait: fc.integer({ min: 0, max: 150 }),
    }),
  )
  fc.assert(
    fc.property(actions, (all) => {
      let time = 0
      const map = createBoundedMap<number>({ mostEntries: 3, idleMilliseconds, now: () => time })
      const usedAt = new Map<string, number>()
      for (const [index, { act, key, wait }] of all.entries()) {
        time += wait
        const recent = [...usedAt]
          .filter(([, used]) => time - used < idleMilliseconds)
          .slice(-3)
          .map(([known]) => known)
        const kept = recent.includes(key)
        usedAt.delete(key)
        if (act === 'get') {
          expect(map.get(key) !== undefined).toBe(kept)
          if (kept) usedAt.set(key, time)
        } else if (act === 'set') {
          map.set(key, index)
          expect(map.get(key)).toBe(index)
          usedAt.set(key, time)
        } else {
          map.delete(key)
          expect(map.get(key)).toBeUndefined()
        }
        expect(map.size).toBeLessThanOrEqual(3)
      }
    }),
  )
})
