import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { block, bulleted, code, link, numbered, paragraphs, plain, table } from './markdown.ts'

test('text stands for itself, whatever markup it holds', () => {
  expect(plain('*a* _b_ `c` [d](e) <f> & | ~g~ $h$ #1 \\')).toBe(
    String.raw`\*a\* \_b\_ \`c\` \[d\](e) \<f\> \& \| \~g\~ \$h\$ \#1 \\`,
  )
  expect(['- a', '+ a', '= a', '1. a', '12) a', '1.5 %'].map(plain)).toEqual([
    String.raw`\- a`,
    String.raw`\+ a`,
    String.raw`\= a`,
    String.raw`1\. a`,
    String.raw`12\) a`,
    String.raw`1\.5 %`,
  ])
})

test('no text leaves its line, opens a comment or ends a cell', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      const written = plain(text)
      expect(written).not.toMatch(/\p{Cc}/u)
      expect(written).not.toMatch(/(?<!\\)(?:\\\\)*[<|[`*_]/)
      expect(written.isWellFormed()).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('code is fenced by more backticks than it holds', () => {
  expect(code('a')).toBe('`a`')
  expect(code('a`b``c')).toBe('```a`b``c```')
  expect(code('`a')).toBe('`` `a ``')
  expect(code('a\nb')).toBe('`a b`')
  expect(block('sh', 'echo ```')).toBe('````sh\necho ```\n````')
})

test('an address that would end a link is encoded', () => {
  expect(link('a [b]', 'https://example.com/a(b)>c d')).toBe(
    String.raw`[a \[b\]](<https://example.com/a(b)%3Ec%20d>)`,
  )
})

test('a numbered item keeps its paragraphs', () => {
  expect(numbered(['one\n\n```\ntwo\n```', 'three'])).toBe(
    '1. one\n\n   ```\n   two\n   ```\n\n2. three',
  )
})

test('what is left out leaves no gap', () => {
  expect(paragraphs('a', undefined, '', 'b')).toBe('a\n\nb')
  expect(bulleted(['a', 'b'])).toBe('- a\n- b')
  expect(table(['A', 'B'], [['1', '2']])).toBe('| A | B |\n| --- | --- |\n| 1 | 2 |')
})
