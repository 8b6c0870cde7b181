import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Document, parse, visit } from 'yaml'
import { yamlText } from './yaml-text.ts'

const anyText = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\n', '\t', ' ', '\u007F', '\u2028', '---', '...', ': ', '"', "'", 'a'),
  ),
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

/** As the library alone would write it. */
const byLibrary = (content: unknown): string => {
  const document = new Document(content, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, scalar) => {
      const { value } = scalar
      if (typeof value === 'string' && /[\t\r]|(^|\n)\s/.test(value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  return document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  })
}

const words = 'a Z true null NaN 0 1e5 0x1F 0o7 .5 -1 +1 5m x _ ( << é ='.split(' ')
const marks = ': # - ? , { } [ ] & * ! | > % @ ` ~ " \' \\'.split(' ')
const fragment = fc.constantFrom(
  ...words,
  ...marks,
  ...marks.map((mark) => `${mark} `),
  ...marks.map((mark) => ` ${mark}`),
  ' ',
  '\n',
  '\n\n',
  '\t',
  '0+10x5 ',
)
const word = fc.array(fragment, { maxLength: 5 }).map((parts) => parts.join(''))
const { content: anyContent } = fc.letrec((tie) => ({
  content: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('content'), { maxLength: 4 }),
    fc.dictionary(word, tie('content'), { maxKeys: 4 }),
  ),
}))

test('to the byte, it is what the library writes', () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      expect(yamlText(content, '')).toBe(byLibrary(content))
    }),
    { numRuns: 2000, examples: [[[-0]], [['a: "b" \'c\'']], [{ 'a "b" \'c\' ': '"' }]] },
  )
})
