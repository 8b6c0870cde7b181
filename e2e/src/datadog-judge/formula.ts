export type Formula = (valueOf: (operand: string) => number) => number

const query = String.raw`[a-z]+(?:\(v: v<=[\d.]+\))?:[\w.]+\{[^}]*\}(?:\.as_count\(\))?`
const token = new RegExp(
  String.raw`\s*(${query}|\d+(?:\.\d+)?(?:e[-+]?\d+)?|[a-z_]+|[()+\-*/,])`,
  'y',
)

/** Arithmetic over metric queries or named queries, with `is_greater`. @throws Error at what is none of it */
export const formula = (text: string): Formula => {
  const tokens = tokensOf(text)
  const next = () => tokens.shift() ?? fail(text)
  const expected = (sign: string) => next() === sign || fail(text)
  const operand = (): Formula => {
    const found = next()
    if (found === '(') {
      const inner = sum()
      expected(')')
      return inner
    }
    if (found === 'is_greater') {
      expected('(')
      const inner = sum()
      expected(',')
      const than = Number(next())
      expected(')')
      return (valueOf) => (inner(valueOf) > than ? 1 : 0)
    }
    if (/^\d/.test(found)) return () => Number(found)
    return /^[a-z]/.test(found) ? (valueOf) => valueOf(found) : fail(text)
  }
  const chain = (inner: () => Formula, signs: Readonly<Record<string, Operation>>): Formula => {
    let left = inner()
    for (;;) {
      const operation = signs[tokens[0] ?? '']
      if (!operation) return left
      tokens.shift()
      const [one, other] = [left, inner()]
      left = (valueOf) => operation(one(valueOf), other(valueOf))
    }
  }
  const product = () => chain(operand, { '*': (a, b) => a * b, '/': (a, b) => a / b })
  const sum = (): Formula => chain(product, { '+': (a, b) => a + b, '-': (a, b) => a - b })
  const whole = sum()
  return tokens.length === 0 ? whole : fail(text)
}

type Operation = (a: number, b: number) => number

const tokensOf = (text: string): string[] => {
  const found: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const [, each] = token.exec(text) ?? fail(text)
    found.push(each ?? '')
  }
  return found
}

const fail = (text: string): never => {
  throw new Error(`no formula: ${text}`)
}
