import { expect, test } from 'vitest'
import { annotationOf } from './annotate-command.ts'

test('a moment is now, or what was given as a date or in seconds or milliseconds', () => {
  expect(annotationOf({ text: 'v1', tags: 'a, b,,a' }, 5)).toEqual({
    text: 'v1',
    tags: ['cx', 'deployment', 'a', 'b'],
    time: 5,
    end: undefined,
  })
  const times = ['2026-11-01T10:00Z', '1793527200', '1793527200000']
  for (const time of times)
    expect(annotationOf({ text: 'v1', time }, 5).time).toBe(Date.UTC(2026, 10, 1, 10))
})

test.for([
  [{}, 'Give --text'],
  [{ text: ' ' }, 'Give --text'],
  [{ text: 'v1', time: 'soon' }, '--time is no time: "soon"'],
  [{ text: 'v1', time: '2026-11-02', end: '2026-11-01' }, '--end is before --time'],
] as const)('%o is refused', ([options, reason]) => {
  expect(() => annotationOf(options, 5)).toThrow(reason)
})
