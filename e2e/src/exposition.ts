export interface ExposedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const heading = /^# (HELP|UNIT|TYPE) ([a-zA-Z_][a-zA-Z0-9_]*) (.*)$/
const sample = /^([a-zA-Z_][a-zA-Z0-9_]*)\{(.*)\} (\S+)$/s
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(,(?=.)|$)/gsy
const escaped: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\"': '"',
  '\\\\': '\\',
}

/**
 * What a page in Prometheus' text format says, to the letter of
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
 * @throws Error for a line that is not in it, a family in two places, and a series that comes twice
 */
export const parseExposition = (page: Uint8Array): readonly ExposedSample[] => {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(page)
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line does not end')
  const samples: ExposedSample[] = []
  const types = new Map<string, string>()
  const series = new Set<string>()
  let family = ''
  for (const line of text.split('\n').slice(0, -1)) {
    const [, word, about = '', rest = ''] = heading.exec(line) ?? []
    if (word === 'TYPE') {
      if (types.has(about)) throw new Error(`${about} is in two places`)
      types.set(about, rest)
      family = about
    }
    if (word !== undefined) continue
    const { labels, name, value } = parseSample(line)
    const suffix = types.get(family) === 'histogram' ? /^_(bucket|sum|count)$/ : /^$/
    if (!name.startsWith(family) || !suffix.test(name.slice(family.length)))
      throw new Error(`not of ${family}: ${line}`)
    const key = JSON.stringify([name, Object.entries(labels).toSorted()])
    if (series.has(key)) throw new Error(`comes twice: ${line}`)
    series.add(key)
    samples.push({ name, labels, value })
  }
  return samples
}

const parseSample = (line: string): ExposedSample => {
  const [, name, inside = '', value = ''] = sample.exec(line) ?? []
  if (name === undefined || Number.isNaN(Number(value))) throw new Error(`no sample: ${line}`)
  const labels: Record<string, string> = {}
  let end = 0
  for (const [text, key = '', given = ''] of inside.matchAll(label)) {
    if (Object.hasOwn(labels, key)) throw new Error(`${key} comes twice: ${line}`)
    labels[key] = given.replaceAll(/\\./g, (pair) => escaped[pair] as string)
    end += text.length
  }
  if (end !== inside.length) throw new Error(`no labels: ${line}`)
  return { name, labels, value: Number(value) }
}
