/** A condition's numbers, spans and texts apart from how it is put together. */
export interface ConditionShape {
  readonly shape: string
  readonly values: readonly ConditionValue[]
}

export interface ConditionValue {
  readonly kind: 'number' | 'span' | 'text'
  readonly text: string
  /** A number that something must be above or below for the alert to fire. */
  readonly compared?: 'above' | 'below'
}

// A text in quotes; a span in brackets or after offset; a number that is no part of a name.
const value = /"(?:[^"\\]|\\.)*"|\[[\w:]+\]|(?<![\w:.])\d[\d.]*(?:e[+-]?\d+)?(?![\w:.])/g

export const conditionShape = (expr: string): ConditionShape => {
  const values: ConditionValue[] = []
  const shape = expr.trim().replaceAll(value, (text, offset: number) => {
    values.push(valueOf(text, expr.trim().slice(0, offset)))
    return text.startsWith('"') ? '"…"' : text.startsWith('[') ? '[…]' : '#'
  })
  return { shape: shape.replaceAll(/\s+/g, ' '), values }
}

const valueOf = (text: string, before: string): ConditionValue => {
  if (text.startsWith('"')) return { kind: 'text', text }
  if (text.startsWith('[')) return { kind: 'span', text: text.slice(1, -1) }
  const side = /([<>])=?\s*$/.exec(before)?.[1]
  return {
    kind: 'number',
    text,
    ...(side === undefined ? {} : { compared: side === '>' ? 'above' : 'below' }),
  }
}
