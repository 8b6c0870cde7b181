import { isRecord } from './shown-value.ts'

/** One of Alertmanager's matchers, as it is written in a configuration. */
export interface LabelMatcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

type Json = Readonly<Record<string, unknown>>

/**
 * The matchers of a route, also in the forms of before Alertmanager 0.22.
 * @throws Error where one of them cannot be read, with its place and not its text
 */
export const matchersIn = (route: Json): LabelMatcher[] => [
  ...textsIn(route['matchers']).flatMap(parsed),
  ...pairsIn(route['match']).map(([label, value]) => matcher(label, '=', value)),
  ...pairsIn(route['match_re']).map(([label, value]) => matcher(label, '=~', value)),
]

const matcher = (
  label: string,
  operator: LabelMatcher['operator'],
  value: string,
): LabelMatcher => ({ label, operator, value })

const textsIn = (value: unknown): string[] => {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

const pairsIn = (value: unknown): [string, string][] =>
  isRecord(value) ? Object.entries(value).map(([label, text]) => [label, String(text)]) : []

// A label, bare or in quotes; an operator; a value, bare or in quotes; a comma or the end.
const one =
  /\s*(?:"(?<quotedLabel>(?:[^"\\]|\\.)*)"|(?<label>[^\s"=!~,{}]+))\s*(?<operator>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^",]*?))\s*(?:,|$)/suy

const parsed = (text: string): LabelMatcher[] => {
  const inner = text.trim().replace(/^\{(.*)\}$/s, '$1')
  const found: LabelMatcher[] = []
  one.lastIndex = 0
  while (one.lastIndex < inner.length) {
    const groups = one.exec(inner)?.groups
    if (!groups) throw new Error('a matcher of its routes cannot be read')
    const { bare = '', label, operator = '=', quoted, quotedLabel = '' } = groups
    found.push(
      matcher(
        label ?? unescaped(quotedLabel),
        operator as LabelMatcher['operator'],
        quoted === undefined ? bare : unescaped(quoted),
      ),
    )
  }
  return found
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character))

/** A label that an alert has not counts as empty. */
export const isMatch = (
  matchers: readonly LabelMatcher[],
  labels: Readonly<Record<string, string>>,
): boolean =>
  matchers.every(({ label, operator, value }) => {
    const actual = labels[label] ?? ''
    if (operator === '=') return actual === value
    if (operator === '!=') return actual !== value
    return anchored(value).test(actual) === (operator === '=~')
  })

const anchored = (value: string): RegExp => {
  // RE2 puts flags in front of all; here they open a group of their own.
  const flags = /^\(\?([ims]+)\)/.exec(value)
  const inner = flags ? `(?${flags[1]}:${value.slice(flags[0].length)})` : value
  try {
    return new RegExp(`^(?:${inner})$`)
  } catch (error) {
    throw new Error('a pattern of its routes cannot be read', { cause: error })
  }
}
