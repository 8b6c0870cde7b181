import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotationText, generationIn, markText, readMark } from './grafana-mark.ts'

const uid = fc.stringMatching(/^[\w-]{1,40}$/)
const marks = fc.record({ set: uid, folder: uid, state: fc.stringMatching(/^[\da-f]{16}$/) })

test('a mark is read as it was written, in a message and in an annotation', () => {
  fc.assert(
    fc.property(marks, fc.nat(), (mark, generation) => {
      expect(readMark(markText(mark))).toEqual(mark)
      const text = annotationText(mark, generation)
      expect(readMark(text)).toEqual(mark)
      expect(generationIn(text)).toBe(generation)
    }),
  )
})

test('what somebody else writes is no mark', () => {
  fc.assert(fc.property(fc.anything(), (text) => readMark(text) === undefined))
  for (const text of ['Published by hand', 'Restored from version 3', '', undefined])
    expect(readMark(text)).toBeUndefined()
})

test('what version 0.2 wrote is ours, of an unknown set', () => {
  expect(readMark('Published by cx-dashboards')).toEqual({ set: '', folder: '', state: '' })
})
