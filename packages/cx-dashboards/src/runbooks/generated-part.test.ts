import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { generatedPart, hasGeneratedPart, newPage, withGeneratedPart } from './generated-part.ts'

const handwritten = oneof(
  string({ unit: 'binary' }),
  array(
    constantFrom(
      '# Ours',
      '\n',
      '\r\n',
      '\r',
      '\t',
      '<!-- ours -->',
      '$&',
      '$1',
      '\uFEFF',
      '``` ',
      'é',
    ),
  ).map((parts) => parts.join('')),
).filter((text) => !text.includes('<!-- cx-dashboards:'))

test('whatever people write around the generated part survives two builds, to the character', () => {
  assert(
    property(handwritten, handwritten, (above, below) => {
      const [before, after] = [above === '' ? '' : `${above}\n`, `\n${below}`]
      const page = before + generatedPart('first') + after
      const built = withGeneratedPart(page, 'second')
      expect(built).toBe(before + generatedPart('second') + after)
      expect(withGeneratedPart(built ?? '', 'second')).toBe(built)
    }),
    { numRuns: 1000 },
  )
})

test('a page that nobody touched is as a new one', () => {
  expect(withGeneratedPart(newPage('old'), 'new')).toBe(newPage('new'))
})

test('a page without a generated part is somebody’s own', () => {
  assert(
    property(handwritten, (text) => {
      expect(withGeneratedPart(text, 'generated')).toBeUndefined()
      expect(hasGeneratedPart(text)).toBe(false)
    }),
  )
  expect(hasGeneratedPart(newPage('text'))).toBe(true)
})

test('line ends of Windows stay what they are, in both parts', () => {
  const page = newPage('old\n\nlines').replaceAll('\n', '\r\n')
  expect(withGeneratedPart(page, 'new\n\nlines')).toBe(
    newPage('new\n\nlines').replaceAll('\n', '\r\n'),
  )
})

test('the file’s first mark may stand behind a byte order mark', () => {
  expect(withGeneratedPart(`\uFEFF${newPage('old')}`, 'new')).toBe(`\uFEFF${newPage('new')}`)
})

const [begin = '', , end = ''] = generatedPart('x').split('\n')

test.for([
  ['no end', `${begin}\ntext`, 'begins at line 1 and ends at line nowhere'],
  ['no begin', `text\n${end}`, 'begins at line nowhere and ends at line 2'],
  ['the wrong order', `${end}\ntext\n${begin}`, 'begins at line 3 and ends at line 1'],
  ['two begins', `${begin}\n${begin}\n${end}`, 'begins at line 1 and 2 and ends at line 3'],
  ['two ends', `${begin}\n${end}\n${end}`, 'ends at line 2 and 3'],
  ['the line ends of an old Mac', newPage('old').replaceAll('\n', '\r'), 'ends at line nowhere'],
] as const)('%s is refused, with the lines and a remedy', ([, page, message]) => {
  expect(() => withGeneratedPart(page, 'new')).toThrow(message)
  expect(() => withGeneratedPart(page, 'new')).toThrow('Leave one line')
})

test('a mark that a person quotes in the middle of a line is text', () => {
  const page = `Look for ${begin}\n${newPage('old')}`
  expect(withGeneratedPart(page, 'new')).toBe(`Look for ${begin}\n${newPage('new')}`)
})
