import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  confirming,
  delayAfter,
  type Retryable,
  retryAfterMilliseconds,
  retrying,
} from './retry.ts'

const always: Retryable = () => ({})

/** Waits for nothing, and writes down for how long it would have. */
const noted = () => {
  const waits: number[] = []
  return { waits, wait: async (milliseconds: number) => void waits.push(milliseconds) }
}

const failing = (times: number) => {
  let tried = 0
  return {
    tried: () => tried,
    attempt: async () => {
      tried += 1
      if (tried <= times) throw new Error(`failure ${tried}`)
      return tried
    },
  }
}

test('it is tried again until it succeeds, with waits in between', async () => {
  const { wait, waits } = noted()
  const { attempt } = failing(3)
  await expect(retrying(attempt, always, { wait, random: () => 1 })).resolves.toBe(4)
  expect(waits).toEqual([500, 1000, 2000])
})

test('it is given up after the last attempt, with the last error', async () => {
  const { wait, waits } = noted()
  const { attempt, tried } = failing(99)
  await expect(retrying(attempt, always, { attempts: 3, wait })).rejects.toThrow('failure 3')
  expect([tried(), waits.length]).toEqual([3, 2])
})

test('what will not be gone later is not tried again', async () => {
  const { attempt, tried } = failing(1)
  await expect(retrying(attempt, () => false)).rejects.toThrow('failure 1')
  expect(tried()).toBe(1)
})

test('a server that asks to be left alone is, but not for longer than a minute', async () => {
  const { wait, waits } = noted()
  await retrying(failing(1).attempt, () => ({ atLeast: 30_000 }), { wait, random: () => 0 })
  expect(waits).toEqual([30_000])
  const { attempt, tried } = failing(1)
  await expect(retrying(attempt, () => ({ atLeast: 61_000 }), { wait })).rejects.toThrow('1')
  expect(tried()).toBe(1)
})

test('a lost answer is looked after before it is asked for again', async () => {
  const { wait } = noted()
  const { attempt, tried } = failing(99)
  await expect(confirming(attempt, async () => 7, always, { wait })).resolves.toBe(7)
  expect(tried()).toBe(1)
})

test('after the last failure it is looked at once more', async () => {
  const { wait } = noted()
  const { attempt, tried } = failing(99)
  let looks = 0
  const settled = async () => {
    looks += 1
    return looks === 3 ? 7 : undefined
  }
  await expect(confirming(attempt, settled, always, { wait, attempts: 3 })).resolves.toBe(7)
  expect(tried()).toBe(3)
})

test('an interruption ends a wait', { timeout: 60_000 }, async () => {
  const controller = new AbortController()
  const { attempt, tried } = failing(99)
  const failed = retrying(attempt, () => ({ atLeast: 59_000 }), { signal: controller.signal })
  controller.abort()
  await expect(failed).rejects.toThrow('failure')
  expect(tried()).toBeLessThanOrEqual(2)
})

test('no wait is longer than eight seconds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tried, random) => {
        const delay = delayAfter(tried, { random: () => random })
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(8000)
      },
    ),
  )
})

test.for([
  ['2', 2000],
  ['Sun, 22 Nov 2026 12:00:10 GMT', 10_000],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
] as const)('Retry-After %s is %s ms', ([header, expected]) => {
  expect(retryAfterMilliseconds(header, Date.parse('2026-11-22T12:00:00Z'))).toBe(expected)
})
