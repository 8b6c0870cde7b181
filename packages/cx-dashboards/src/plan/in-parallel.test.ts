import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inParallel } from './in-parallel.ts'

test('results are in the order of what they are of, and no more is under way than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3)), fc.integer({ min: 1, max: 4 }), async (turns, atOnce) => {
      let [under, most] = [0, 0]
      const results = await inParallel(
        [...turns.entries()],
        async ([index, count]) => {
          most = Math.max(most, ++under)
          for (let waited = 0; waited < count; waited++) await turn()
          under -= 1
          return index
        },
        atOnce,
      )
      expect(results).toEqual([...turns.keys()])
      expect(most).toBeLessThanOrEqual(atOnce)
    }),
  )
})
