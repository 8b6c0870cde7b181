/**
 * One of Alertmanager's label matchers. Its own parser, up to 0.26 the only one, knows the escapes `\\`, `\"` and `\n` and no
 * other; all else stands as it is.
 */
type Matcher = string

export const equals = (label: string, value: string): Matcher => `${label}=${quoted(value)}`

/** Any of some values; anchored at both ends by Alertmanager. */
export const anyOf = (label: string, values: readonly string[]): Matcher =>
  values.length === 1
    ? equals(label, values[0] ?? '')
    : `${label}=~${quoted(values.map(literal).join('|'))}`

export const isThere = (label: string): Matcher => `${label}=~".+"`

/** All alerts of ours, and none of others'. */
export const isOurs: Matcher = 'alertname=~"Cx[A-Z].*"'

// RE2's meta characters: https://github.com/google/re2/wiki/Syntax
const literal = (value: string): string => value.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)

/** @param value any text; what is no Unicode becomes a replacement character */
const quoted = (value: string): string =>
  `"${value
    .toWellFormed()
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)}"`
