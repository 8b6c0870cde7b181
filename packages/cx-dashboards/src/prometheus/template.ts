import type { Expression } from '../promql/expression.ts'
import { equals, type Matcher } from '../promql/matcher.ts'

/** A Go template as Prometheus expands it in annotations. What is not one of these is text, and is escaped. */
export interface Template {
  readonly source: string
  /** The same for who cannot ask Prometheus meanwhile: Grafana, where a query finds nothing. */
  readonly unasked: string
}

/** Text with templates in it: every string put in stands for itself, `{{` too. */
export const template = (
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Template)[]
): Template => {
  const joined = (of: keyof Template): string =>
    parts.map((part, index) => part + textOf(values[index] ?? '', of)).join('')
  return { source: joined('source'), unasked: joined('unasked') }
}

const textOf = (value: string | number | Template, of: keyof Template): string =>
  typeof value === 'object' ? value[of] : escaped(String(value))

const ofLabels = (source: string): Template => ({ source, unasked: source })

// An action that prints the braces; a lone brace that meets another one would begin an action as well.
const escaped = (text: string): string => text.toWellFormed().replaceAll('{', '{{ "{" }}')

/** Go's interpreted strings know all of JSON's escapes. */
const goString = (text: string): string => JSON.stringify(text.toWellFormed())

/** The value that the alert's labels have for a name, encoded where it becomes a part of an address. */
export const label = (name: string): Template => ofLabels(`{{ $labels.${name} }}`)
export const encodedLabel = (name: string): Template => ofLabels(`{{ $labels.${name} | urlquery }}`)

/** Compares with the alert's own label; only inside of `query`. */
export const equalsLabel = (name: string): Matcher => ({
  ...equals(name, ''),
  value: `${marker}${name}${marker}`,
})

// Of Unicode's private use, so that no name holds it.
const marker = '\uE000'

const marked = new RegExp(`${marker}([^${marker}]*)${marker}`, 'g')

const formats = {
  percentage: 'humanizePercentage',
  duration: 'humanizeDuration',
  moment: 'humanizeTimestamp',
  count: 'printf "%.0f"',
} as const

/** What a query finds when the alert is told, or a word for nothing found. */
export const queried = (
  expression: Expression,
  format: keyof typeof formats,
  otherwise = 'unknown',
): Template =>
  onFirst(
    expression,
    { source: `{{ . | first | value | ${formats[format]} }}` },
    template`${otherwise}`,
  )

/** @param found sees the query's samples as the dot */
export const onFirst = (
  expression: Expression,
  found: Pick<Template, 'source'>,
  otherwise: Template,
): Template => ({
  unasked: otherwise.unasked,
  source: `{{ with ${queryOf(expression)} }}${found.source}{{ else }}${otherwise.source}{{ end }}`,
})

/** What is said only where Prometheus can be asked, and what is said in its place. */
export const whereAsked = (asked: Template, otherwise: Template = template``): Template => ({
  source: asked.source,
  unasked: otherwise.unasked,
})

/** Labels are put in by `%+q`, which quotes in ASCII: PromQL reads that as it is, and refuses U+FFFD where it stands bare. */
const queryOf = ({ text }: Expression): string => {
  const names: string[] = []
  const format = text.replaceAll('%', '%%').replaceAll(marked, (_, name: string) => {
    names.push(`$labels.${name}`)
    return '%+q'
  })
  return names.length === 0
    ? `query ${goString(text)}`
    : `printf ${goString(format)} ${names.join(' ')} | query`
}
