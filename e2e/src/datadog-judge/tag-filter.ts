export type TagFilter = (tags: Readonly<Record<string, string>>) => boolean

/** A filter in Datadog's boolean syntax: AND, OR, NOT, IN, parentheses and a trailing wildcard. @throws Error at what is none of them */
export const tagFilter = (text: string): TagFilter => {
  const tokens = text.match(/[(),]|[^\s(),]+/g) ?? []
  const next = () => tokens.shift() ?? fail(text)
  const takes = (word: string) => tokens[0] === word && tokens.shift() !== undefined
  const list = (): readonly string[] => {
    if (next() !== '(') fail(text)
    const values = [next()]
    while (takes(',')) values.push(next())
    if (next() !== ')') fail(text)
    return values
  }
  const term = (): TagFilter => {
    if (takes('NOT')) {
      const inner = term()
      return (tags) => !inner(tags)
    }
    if (takes('(')) {
      const inner = any()
      if (next() !== ')') fail(text)
      return inner
    }
    const word = next()
    if (word === '*') return () => true
    if (takes('IN')) return among(word, list())
    if (takes('NOT')) {
      if (next() !== 'IN') fail(text)
      const isAmong = among(word, list())
      return (tags) => !isAmong(tags)
    }
    const colon = word.indexOf(':')
    return colon > 0 ? among(word.slice(0, colon), [word.slice(colon + 1)]) : fail(text)
  }
  const every = (): TagFilter => {
    const terms = [term()]
    while (takes('AND')) terms.push(term())
    return (tags) => terms.every((each) => each(tags))
  }
  const any = (): TagFilter => {
    const terms = [every()]
    while (takes('OR')) terms.push(every())
    return (tags) => terms.some((each) => each(tags))
  }
  const whole = any()
  return tokens.length === 0 ? whole : fail(text)
}

const among =
  (key: string, values: readonly string[]): TagFilter =>
  (tags) =>
    values.some((value) =>
      value.endsWith('*')
        ? tags[key]?.startsWith(value.slice(0, -1)) === true
        : tags[key] === value,
    )

const fail = (text: string): never => {
  throw new Error(`no filter: ${text}`)
}
