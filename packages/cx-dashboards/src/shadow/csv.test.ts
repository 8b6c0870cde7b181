import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from './csv.ts'

const written = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

test('what a program writes by RFC 4180 is read as it was, with the line of each record', () => {
  const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'ß', ';') })
  const record = fc.array(text, { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(
      fc.array(record),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\uFEFF'),
      fc.boolean(),
      (records, end, mark, isEnded) => {
        const lines = records.map((cells) => cells.map(written).join(','))
        const read = readCsv(mark + lines.join(end) + (isEnded && lines.length > 0 ? end : ''))
        expect(read.map(({ cells }) => cells)).toEqual(records)
        let at = 1
        for (const [index, { line }] of read.entries()) {
          expect(line).toBe(at)
          at += (lines[index] ?? '').split(/\r\n|\n|\r/).length
        }
      },
    ),
  )
})

test('any text is read, or refused with a line of it', () => {
  const hostile = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0', '\uFEFF') })
  fc.assert(
    fc.property(hostile, (text) => {
      try {
        for (const { cells } of readCsv(text)) expect(cells.length).toBeGreaterThan(0)
      } catch (error) {
        const [, line = ''] = /^Error: line (\d+): a quote /.exec(String(error)) ?? []
        expect(Number(line)).toBeGreaterThanOrEqual(1)
        expect(Number(line)).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length)
      }
    }),
  )
})

test('empty lines count as lines, and are no records', () => {
  expect(readCsv('a,b\n\n\r\nc,d\re,f\n')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 4, cells: ['c', 'd'] },
    { line: 5, cells: ['e', 'f'] },
  ])
})

test.for([
  ['a,b\n"c,d\ne,f', 'line 2: a quote is never closed'],
  ['a,b\nc,d\nsays "no",f', 'line 3: a quote stands amid a cell'],
  ['a,b\n"c"d,e', 'line 2: a quote stands amid a cell'],
] as const)('%j is refused', ([text, reason]) => {
  expect(() => readCsv(text)).toThrow(reason)
})

test('a cell with millions of quotes is read', () => {
  const long = `x""`.repeat(9_000_000)
  expect(readCsv(`a,"${long}"`)[0]?.cells[1]?.length).toBe(18_000_000)
})
