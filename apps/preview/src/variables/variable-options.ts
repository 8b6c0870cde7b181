import { stringToJsRegex } from '@grafana/data'
import { VariableSort } from '@grafana/schema'

export interface VariableOption {
  readonly value: string
  readonly text: string
}

/** Grafana's `regex`: filters, and takes the value from a group, or from the groups named `value` and `text`. */
export function optionsFromTexts(
  texts: readonly string[],
  regex: string,
  sort: VariableSort,
): VariableOption[] {
  const pattern = regex ? stringToJsRegex(regex) : undefined
  const options = texts.flatMap((text) =>
    pattern ? extract(text, pattern) : [{ value: text, text }],
  )
  const unique = [...new Map(options.map((option) => [option.value, option])).values()]
  return sorted(unique, sort)
}

function extract(text: string, pattern: RegExp): VariableOption[] {
  const matches = pattern.global ? [...text.matchAll(pattern)] : [pattern.exec(text)]
  return matches.flatMap((match) => {
    if (!match) return []
    const { value, text: shown } = match.groups ?? {}
    const chosen = value ?? shown ?? match[1] ?? match[0]
    return [{ value: chosen, text: shown ?? chosen }]
  })
}

const byText = (a: VariableOption, b: VariableOption) => a.text.localeCompare(b.text, 'en')
const byCase = (a: VariableOption, b: VariableOption) =>
  a.text < b.text ? -1 : a.text > b.text ? 1 : 0
const byNumber = (a: VariableOption, b: VariableOption) => firstNumber(a.text) - firstNumber(b.text)
const byNature = (a: VariableOption, b: VariableOption) =>
  a.text.localeCompare(b.text, 'en', { numeric: true })
const firstNumber = (text: string) => Number(/\d+/.exec(text)?.[0] ?? -1)
type Compare = typeof byText
const descending =
  (compare: Compare): Compare =>
  (a, b) =>
    compare(b, a)

const orders: Partial<Record<VariableSort, Compare>> = {
  [VariableSort.alphabeticalAsc]: byCase,
  [VariableSort.alphabeticalDesc]: descending(byCase),
  [VariableSort.numericalAsc]: byNumber,
  [VariableSort.numericalDesc]: descending(byNumber),
  [VariableSort.alphabeticalCaseInsensitiveAsc]: byText,
  [VariableSort.alphabeticalCaseInsensitiveDesc]: descending(byText),
  [VariableSort.naturalAsc]: byNature,
  [VariableSort.naturalDesc]: descending(byNature),
}

function sorted(options: VariableOption[], sort: VariableSort): VariableOption[] {
  const compare = orders[sort]
  return compare ? options.toSorted(compare) : options
}

/** `a, b : shown text, c\,d`: commas separate, a backslash keeps one. */
export function customOptions(query: string): VariableOption[] {
  return [...query.matchAll(/(?:\\,|[^,])+/g)].map(([item]) => {
    const plain = item.replaceAll('\\,', ',').trim()
    const [, text, value] = /^(.+)\s:\s(.+)$/.exec(plain) ?? []
    return value ? { value: value.trim(), text: text!.trim() } : { value: plain, text: plain }
  })
}
