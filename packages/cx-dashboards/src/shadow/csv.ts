export interface CsvRecord {
  /** Of the file, where it begins, from 1 up. */
  readonly line: number
  readonly cells: readonly string[]
}

const lineEnd = /\r\n|\n|\r/
const cellEnd = new RegExp(`,|${lineEnd.source}|$`, 'y')
const notPlain = /[",\r\n]/g

/**
 * Comma-separated values as RFC 4180 has them, with lines that end in LF, CRLF or CR. Empty lines are left out.
 * @throws {Error} that names the line
 */
export const readCsv = (text: string): readonly CsvRecord[] => {
  const records: CsvRecord[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const { cells, end } = recordAt(text, at, line)
    if (cells.length > 1 || cells[0] !== '') records.push({ line, cells })
    line += text.slice(at, end).split(lineEnd).length - 1
    at = end
  }
  return records
}

const recordAt = (text: string, start: number, line: number) => {
  const cells: string[] = []
  for (let at = start; ; at = cellEnd.lastIndex) {
    const [cell, end] = text[at] === '"' ? quotedAt(text, at, line) : plainAt(text, at)
    cells.push(cell)
    cellEnd.lastIndex = end
    const [ending] = cellEnd.exec(text) ?? refuse(line, 'a quote stands amid a cell')
    if (ending !== ',') return { cells, end: cellEnd.lastIndex }
  }
}

const plainAt = (text: string, at: number): readonly [cell: string, end: number] => {
  notPlain.lastIndex = at
  const end = notPlain.exec(text)?.index ?? text.length
  return [text.slice(at, end), end]
}

/** A quote within stands twice. */
const quotedAt = (text: string, at: number, line: number): readonly [cell: string, end: number] => {
  let close = text.indexOf('"', at + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) return refuse(line, 'a quote is never closed')
  return [text.slice(at + 1, close).replaceAll('""', '"'), close + 1]
}

const refuse = (line: number, what: string): never => {
  throw new Error(
    `line ${line}: ${what}. Put one " before and one after the cell, and write "" for one within.`,
  )
}
