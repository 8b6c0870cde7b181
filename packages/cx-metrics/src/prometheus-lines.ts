import type {
  CounterSeries,
  Family,
  HistogramSeries,
  Series,
  SeriesAttributes,
} from './series-store.ts'

/** Bytes that are written over once they were sent: what is garbage is collected while others wait. */
export interface Page {
  bytes: Buffer
  used: number
}

/** Writes the lines of a family's series; what is the same for all of them is made once. */
export interface FamilyLines {
  readonly heading: string
  /** How many bytes a series' lines can take. */
  mostBytes(series: Series): number
  /** Where there is room for them. */
  write(page: Page, series: Series, isHeld: boolean): void
}

/** A line's bytes before the labels, and between them and the value. */
interface Line {
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

/** The bytes before each label's value, and after the last. */
interface Labels {
  readonly heads: readonly Uint8Array[]
  readonly tail: Uint8Array
}

/** As long as `-Number.MAX_VALUE` and the like are, and the line's end. */
const mostValueBytes = 26
/** UTF-8's, of a UTF-16 unit; an escape takes two. */
export const mostUnitBytes = 3

/** @param constant attributes that every series carries, such as the service's name */
export const familyLines = (family: Family, constant: SeriesAttributes): FamilyLines => {
  const labels = labelsOf(family, constant)
  const lines = linesOf(family, labels.heads.length > 0 || labels.tail.length > 0)
  const sizeOf = (all: readonly Uint8Array[]) => all.reduce((sum, { length }) => sum + length, 0)
  const labelBytes = sizeOf([...labels.heads, labels.tail])
  const lineBytes = sizeOf(lines.flatMap(({ head, tail }) => [head, tail]))
  const fixedBytes = lineBytes + lines.length * (labelBytes + mostValueBytes)
  return {
    heading: heading(family),
    mostBytes: (series) => {
      let units = 0
      for (const value of series.labels) units += String(value).length
      return fixedBytes + lines.length * units * mostUnitBytes
    },
    write: (page, series, isHeld) => {
      copy(page, (lines[0] as Line).head)
      const start = page.used
      writeLabels(page, labels, series.labels)
      if (family.bounds) writeHistogram(page, lines, series as HistogramSeries, start, isHeld)
      else writeEnd(page, lines[0] as Line, isHeld ? 0 : (series as CounterSeries).value)
    },
  }
}

/** Into room that was made for it. */
export const writeText = (page: Page, text: string): void => {
  page.used += page.bytes.write(text, page.used)
}

const labelsOf = ({ names }: Family, constant: SeriesAttributes): Labels => {
  const all = Object.entries(constant)
    .map(([name, value]) => `${labelName(name)}="${escapeValue(String(value))}"`)
    .join(',')
  const end = all === '' ? '"' : `",${all}`
  return {
    heads: names.map((name, index) =>
      Buffer.from(`${index === 0 ? '' : '",'}${labelName(name)}="`),
    ),
    tail: Buffer.from(names.length === 0 ? all : end),
  }
}

const linesOf = ({ bounds, instrument: { name } }: Family, hasLabels: boolean): readonly Line[] => {
  const line = (suffix: string, tail = '} '): Line => ({
    head: Buffer.from(`${name}${suffix}{`),
    tail: Buffer.from(tail),
  })
  if (!bounds) return [line('')]
  const bucket = (bound: number | string) =>
    line('_bucket', `${hasLabels ? ',' : ''}le="${bound}"} `)
  return [line('_count'), line('_sum'), ...[...bounds, '+Inf'].map(bucket)]
}

/** @param start of the labels, which are on the page already */
const writeHistogram = (
  page: Page,
  lines: readonly Line[],
  { counts, sum }: HistogramSeries,
  start: number,
  isHeld: boolean,
): void => {
  const end = page.used
  let total = 0
  if (!isHeld) for (const count of counts) total += count
  writeEnd(page, lines[0] as Line, total)
  writeLine(page, lines[1] as Line, start, end, isHeld ? 0 : sum)
  let count = 0
  for (let index = 0; index < counts.length; index += 1) {
    if (!isHeld) count += counts[index] as number
    writeLine(page, lines[index + 2] as Line, start, end, count)
  }
}

/** With the labels that are on the page between `start` and `end`. */
const writeLine = (page: Page, line: Line, start: number, end: number, value: number): void => {
  copy(page, line.head)
  page.bytes.copyWithin(page.used, start, end)
  page.used += end - start
  writeEnd(page, line, value)
}

const writeEnd = (page: Page, { tail }: Line, value: number): void => {
  copy(page, tail)
  writePlain(page, String(value))
  page.bytes[page.used] = lineBreak
  page.used += 1
}

const writeLabels = (
  page: Page,
  { heads, tail }: Labels,
  values: readonly (string | number)[],
): void => {
  for (let index = 0; index < heads.length; index += 1) {
    copy(page, heads[index] as Uint8Array)
    const value = String(values[index])
    if (!writePlain(page, value)) writeText(page, escapeValue(value))
  }
  copy(page, tail)
}

/** A few bytes: sooner done here than by a call into Node. */
const copy = (page: Page, some: Uint8Array): void => {
  const { bytes, used } = page
  for (let index = 0; index < some.length; index += 1) bytes[used + index] = some[index] as number
  page.used = used + some.length
}

const [lineBreak, quote, backslash, lastAscii] = [10, 34, 92, 126]

/** Writes nothing, and says so, where something is to be escaped or is not ASCII. */
const writePlain = (page: Page, text: string): boolean => {
  const { bytes, used } = page
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit > lastAscii || unit === quote || unit === backslash || unit === lineBreak) return false
    bytes[used + index] = unit
  }
  page.used = used + text.length
  return true
}

const heading = ({ instrument: { description, kind, name, unit } }: Family): string => {
  const unitLine = unit === '' ? '' : `# UNIT ${name} ${unit}\n`
  return `# HELP ${name} ${escapeHelp(description)}\n${unitLine}# TYPE ${name} ${kind}\n`
}

const labelName = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_]/g, '_')

// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
const escapeHelp = (text: string): string =>
  text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`)

const escapeValue = (text: string): string =>
  escapeHelp(text.toWellFormed()).replaceAll('"', String.raw`\"`)
