import { expect, test } from 'vitest'
import type { RangeQuery } from './patient-query.ts'
import { heldTimes } from './held-times.ts'

const minute = 60
const start = 0
const end = 14_999 * minute
const at = (index: number) => ({ at: index * minute, value: 1 })

test('pieces of a series are one, whatever the order of their labels', async () => {
  const query: RangeQuery = async (_condition, chunk) => [
    { labels: { a: '1', b: '2' }, samples: [at(chunk.start / minute)] },
    { labels: { b: '2', a: '1' }, samples: [at(chunk.end / minute)] },
  ]
  const said: string[] = []
  const held = await heldTimes(['up'], { start, end, step: minute }, query, (line) =>
    said.push(line),
  )
  expect(held.of('up')).toEqual([
    { labels: { a: '1', b: '2' }, at: [0, 9999 * minute, 10_000 * minute, end] },
  ])
  expect(held.until).toBe(end)
  expect(said).toEqual([
    '1 of 2: 1 condition from 1970-01-01 00:00 to 1970-01-07 22:39 UTC',
    '2 of 2: 1 condition from 1970-01-07 22:40 to 1970-01-11 09:59 UTC',
  ])
})

test('where a chunk fails, all is known up to the one before, and nothing after', async () => {
  const query: RangeQuery = async (condition, chunk) => {
    if (chunk.start > 0 && condition === 'second') throw new Error('the disk is full')
    return [{ labels: {}, samples: [at(chunk.start / minute), at(chunk.end / minute)] }]
  }
  const held = await heldTimes(['first', 'second'], { start, end, step: minute }, query, () => {})
  expect(held).toMatchObject({ until: 9999 * minute, problem: 'the disk is full' })
  expect(held.of('first')).toEqual([{ labels: {}, at: [0, 9999 * minute] }])
})

test('where the first chunk fails, nothing is known', async () => {
  const query: RangeQuery = async () => {
    throw new Error('gone')
  }
  const held = await heldTimes(['up'], { start, end, step: minute }, query, () => {})
  expect(held.until).toBeLessThan(start)
  expect(held.of('up')).toEqual([])
})
