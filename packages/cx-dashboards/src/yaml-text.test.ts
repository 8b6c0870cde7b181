import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { yamlText } from './yaml-text.ts'

const anyText = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\t', ' ', '\u007F', '\u2028')),
)

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.array(anyText),
      fc.dictionary(fc.string({ unit: 'binary' }), anyText),
      (list, map) => {
        const content = { list: list.map((parts) => parts.join('')), map }
        expect(parse(yamlText(content))).toEqual(JSON.parse(JSON.stringify(content)))
      },
    ),
  )
})

test('what Go’s parser refuses is escaped, and an expression is not folded', () => {
  const long = 'a + '.repeat(60)
  expect(
    yamlText(
      { text: 'a\u007F\u0085\u2028\uFEFFb', block: '\tone\ntwo', long: `${long}a` },
      ' Mine',
    ),
  ).toBe(
    `# Mine\n\ntext: "a\\u007f\\u0085\\u2028\\ufeffb"\nblock: "\\tone\\ntwo"\nlong: ${long}a\n`,
  )
})

test('a quoted text keeps its blanks, however long it is', () => {
  const text = `${'\u0000'.repeat(10)}\n \n${'\u0000'.repeat(10)}`
  expect(parse(yamlText({ text }))).toEqual({ text })
})

test('what is there twice is written twice', () => {
  const one = { name: 'one' }
  expect(yamlText([one, one], '')).toBe('- name: one\n- name: one\n')
})
