import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitComment, withComment } from './comment.ts'

test('a comment and an expression of any text come apart as they were put together', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => text === text.trimEnd()),
      fc.stringMatching(/^mark [0-9a-f]{4}$/),
      (text, comment) => {
        expect(splitComment(withComment(text, comment), /^mark [0-9a-f]{4}$/)).toEqual({
          text,
          comment,
        })
      },
    ),
  )
})

test.each(['up', 'up # mark 1234', '# mark 1234', 'up\n# another', 'up\n  # mark 1234'])(
  'what is no comment of ours stays part of the text: %j',
  (text) => {
    expect(splitComment(text, /^mark [0-9a-f]{4}$/)).toEqual({ text })
  },
)
