import { dateTime, escapeRegex, textUtil } from '@grafana/data'
import type { VariableValue } from './variable-value.ts'

export type Value = string | readonly string[]
export type Format = (
  value: Value,
  variable: Pick<VariableValue, 'name' | 'text'>,
  args: readonly string[],
) => string

const list = (value: Value): readonly string[] => (typeof value === 'string' ? [value] : value)
const joined =
  (separator: string): Format =>
  (value) =>
    list(value).join(separator)
const group = (values: readonly string[]) =>
  values.length === 1 ? values[0]! : `(${values.join('|')})`
const braces = (value: Value) =>
  list(value).length > 1 ? `{${list(value).join(',')}}` : String(list(value)[0] ?? '')

/** encodeURIComponent leaves !'()* as they are; Grafana encodes them too. */
export const percentEncode = (text: string) => strict(encodeURIComponent(text))
const strict = (encoded: string) =>
  encoded.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
const quoted = (quote: string) => (value: Value) =>
  list(value)
    .map((item) => quote + item.replaceAll(quote, `\\${quote}`) + quote)
    .join(',')

/** The escapes of Grafana's Prometheus data source: the result stands inside a PromQL string, so each backslash is doubled. */
const escapePromqlRegex = (text: string) =>
  text.replaceAll('\\', '\\\\\\\\').replace(/[$^*{}[\]'+?.()|]/g, '\\\\$&')
const escapePromqlString = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
export const promql = (value: Value, isRegex: boolean) =>
  isRegex || typeof value !== 'string'
    ? group(list(value).map(escapePromqlRegex))
    : escapePromqlString(value)

/** https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/#advanced-variable-format-options */
export const formats: Readonly<Record<string, Format>> = {
  csv: joined(','),
  date: (value, _variable, args) => formatDate(Number(list(value)[0]), args.join(':')),
  distributed: (value, { name }) => list(value).join(`,${name}=`),
  doublequote: quoted('"'),
  glob: braces,
  html: (value) => textUtil.escapeHtml(list(value).join(', ')),
  json: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  join: (value, _variable, [separator = ',']) => list(value).join(separator),
  percentencode: (value) => percentEncode(braces(value)),
  pipe: joined('|'),
  queryparam: (value, { name }) =>
    list(value)
      .map((item) => `var-${name}=${percentEncode(item)}`)
      .join('&'),
  raw: joined(','),
  regex: (value) => group(list(value).map(escapeRegex)),
  singlequote: quoted("'"),
  text: (_value, { text }) => text,
  uriencode: (value) => strict(encodeURI(braces(value))),
}

function formatDate(milliseconds: number, format: string): string {
  if (format === 'seconds') return String(Math.round(milliseconds / 1000))
  if (format === '' || format === 'iso') return dateTime(milliseconds).toISOString()
  return dateTime(milliseconds).format(format)
}
