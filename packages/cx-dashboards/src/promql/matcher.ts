import { quoted } from './quoted.ts'

export interface Matcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  /** Quoted and escaped. */
  readonly value: string
  /** Whether it would take a label of this value; unknown where a dashboard's variable decides. */
  readonly accepts?: (actual: string) => boolean
  /** Values that it takes or refuses, one of each kind at least. */
  readonly examples?: readonly string[]
  /** The dashboard's variable that it compares with. */
  readonly variable?: string
}

export const equals = (label: string, value: string): Matcher => ({
  label,
  operator: '=',
  value: quoted(value),
  accepts: (actual) => actual === value,
  examples: [value],
})

export const anyOf = (label: string, values: readonly string[]): Matcher =>
  values.length === 1
    ? equals(label, values[0] as string)
    : {
        label,
        operator: '=~',
        value: quoted(alternatives(values)),
        accepts: (actual) => values.includes(actual),
        examples: values,
      }

export const noneOf = (label: string, values: readonly string[]): Matcher => ({
  label,
  ...(values.length === 1
    ? { operator: '!=', value: quoted(values[0] as string) }
    : { operator: '!~', value: quoted(alternatives(values)) }),
  accepts: (actual) => !values.includes(actual),
  examples: [...values, ...ordinary],
})

/** A value that begins with one of some texts. A dot matches no line break before Prometheus 3. */
export const startsWithAnyOf = (label: string, starts: readonly string[]): Matcher => ({
  label,
  operator: '=~',
  value: quoted(alternatives(starts, '.*')),
  accepts: (actual) => starts.some((start) => actual.startsWith(start)),
  examples: starts.map(begunWith),
})

export const startsWithNoneOf = (label: string, starts: readonly string[]): Matcher => ({
  label,
  operator: '!~',
  value: quoted(alternatives(starts, '.*')),
  accepts: (actual) => !starts.some((start) => actual.startsWith(start)),
  examples: [...starts.map(begunWith), '200', ...ordinary],
})

// Hardly refused all three.
const ordinary = ['success', 'another', 'yet another']

/** `5` begins `500`. */
const begunWith = (start: string): string => (/^\d$/.test(start) ? `${start}00` : start)

/** Compares with a dashboard's variable, which Grafana puts in and escapes. */
export const equalsVariable = (label: string, variable: string): Matcher => ({
  label,
  operator: '=',
  value: `"$${variable}"`,
  variable,
})

// RE2's meta characters: https://github.com/google/re2/wiki/Syntax
const alternatives = (values: readonly string[], end = ''): string =>
  values.map((value) => value.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`) + end).join('|')
