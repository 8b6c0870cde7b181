import { expect, test } from 'vitest'
import { stateSegments } from './state-segments.ts'

const input = {
  times: [0, 10, 20, 30],
  values: [1, 1, 0, 0],
  end: 40,
  stepMs: 10,
  mergeValues: true,
}
const spans = (changes: Partial<Parameters<typeof stateSegments>[0]>) =>
  stateSegments({ ...input, ...changes }).map(({ from, to, value }) => [from, to, value])

test('Equal neighbours are one segment, and the last lasts to the end.', () => {
  expect(spans({})).toEqual([
    [0, 20, 1],
    [20, 40, 0],
  ])
})

test('Unmerged, every sample is a segment.', () => {
  expect(spans({ mergeValues: false })).toHaveLength(4)
})

test('Nothing stands over a gap, nor after the last sample’s step.', () => {
  expect(spans({ times: [0, 10, 50, 60], end: 100 })).toEqual([
    [0, 20, 1],
    [50, 70, 0],
  ])
})

test('Without a step, a value stands until the next one.', () => {
  expect(spans({ times: [0, 10, 50, 60], end: 100, stepMs: undefined })).toEqual([
    [0, 50, 1],
    [50, 100, 0],
  ])
})

test('Missing values and NaN are gaps.', () => {
  expect(spans({ values: [1, null, Number.NaN, 1] })).toEqual([
    [0, 10, 1],
    [30, 40, 1],
  ])
})
