import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyOf, equals } from '../alertmanager/matcher.ts'
import { isMatch, matchersIn } from './label-matchers.ts'

test('what we write is read as it was meant', () => {
  const value = fc.string({ unit: 'grapheme', maxLength: 12 })
  fc.assert(
    fc.property(value, value, (one, other) => {
      const [text, second] = [one, other].map((each) => each.replaceAll('\r', ''))
      if (text === undefined || second === undefined) return
      expect(isMatch(matchersIn({ matchers: [equals('a', text)] }), { a: text })).toBe(true)
      const either = matchersIn({ matchers: [anyOf('a', [text, second])] })
      expect(isMatch(either, { a: second })).toBe(true)
      expect(isMatch(either, { a: `${text}${second}x` })).toBe(false)
    }),
  )
})

test.each([
  [{ matchers: ['a="1"', 'b!="2"'] }, { a: '1' }, true],
  [{ matchers: ['a=1,b=~"x|y"'] }, { a: '1', b: 'y' }, true],
  [{ matchers: '{a="1", b="2"}' }, { a: '1', b: '2' }, true],
  [{ matchers: ['{"a b"="1"}'] }, { 'a b': '1' }, true],
  [{ matchers: ['a!~"x.*"'] }, { a: 'xy' }, false],
  [{ matchers: ['a=~"x"'] }, { a: 'xy' }, false],
  [{ matchers: ['a=~"(?i)X"'] }, { a: 'x' }, true],
  [{ matchers: ['a=""'] }, {}, true],
  [{ matchers: ['a = "1,2"'] }, { a: '1,2' }, true],
  [{ match: { a: '1' }, match_re: { b: 'x|y' } }, { a: '1', b: 'x' }, true],
  [{ match: { a: '1' }, match_re: { b: 'x|y' } }, { a: '1', b: 'z' }, false],
  [{}, { a: '1' }, true],
])('%j takes %j: %s', (route, labels, expected) => {
  expect(isMatch(matchersIn(route), labels)).toBe(expected)
})
