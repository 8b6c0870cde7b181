/** What Go wrote with `%q`. @throws Error where it is no such string */
export const unquoted = (text: string): string => {
  if (!/^"(?:[^"\\\n]|\\.)*"$/.test(text)) throw new Error(`${text} is no quoted string`)
  const bytes = text
    .slice(1, -1)
    .replaceAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|(.))/g, (_, ...found) => {
      const [x, u, U, letter] = found as readonly (string | undefined)[]
      const hex = x ?? u ?? U
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      return letters[letter ?? ''] ?? letter ?? ''
    })
  return bytes
}

const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
