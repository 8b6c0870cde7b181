import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoted } from './quoted.ts'

test('ordinary text stands between quotes as it is', () => {
  expect(quoted('GET /api/{id} 50 %')).toBe('"GET /api/{id} 50 %"')
})

test('no variable of Grafana, no escape and no end of a string gets through', () => {
  expect(quoted('[[a]] [b]')).toBe(String.raw`"\x5b[a]] [b]"`)
  expect(quoted('[[[a]]]')).toBe(String.raw`"\x5b\x5b[a]]]"`)
  expect(quoted('$a ${b}')).toBe(String.raw`"\x24a \x24{b}"`)
  expect(quoted('"c" \\d')).toBe(String.raw`"\"c\" \\d"`)
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a"\\$[]\n\u007F\uFFFDé') }), (value) => {
      const inner = quoted(value).slice(1, -1)
      expect(inner).not.toMatch(/\$|\[\[|\n|\uFFFD|(?<!\\)(\\\\)*"/)
    }),
  )
})
