/** A selector that a PromQL text holds: what it reads, over how long, and how often for one evaluation. */
export interface SelectorUse {
  readonly name: string
  readonly matchers: readonly SelectorMatcher[]
  /** Of the range, such as 300 for `[5m]`; 0 for an instant. */
  readonly windowSeconds: number
  /** More than 1 inside of a subquery. */
  readonly times: number
}

export interface SelectorMatcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  /** As it is written between the quotes. */
  readonly value: string
}

// A string; a selector with its range; a parenthesis; the steps of a subquery behind one.
const token =
  /"(?:[^"\\]|\\.)*"|(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<inner>(?:"(?:[^"\\]|\\.)*"|[^"}])*)\})?(?:\[(?<range>\w+)\])?|(?<open>\()|\)(?:\[(?<over>\w+):(?<step>\w*)\])?/g

/**
 * Every use of some series in an expression of ours, for estimates: what it costs, not what it means.
 * @param isSeries tells names of series from functions, keywords and labels
 */
export const readSelectors = (text: string, isSeries: (name: string) => boolean): SelectorUse[] => {
  const found: SelectorUse[] = []
  const opened: number[] = []
  for (const { 0: whole, groups = {} } of text.matchAll(token)) {
    const { inner = '', name, open, over, range, step } = groups
    if (open) opened.push(found.length)
    else if (whole.startsWith(')')) {
      const first = opened.pop() ?? 0
      if (over !== undefined) repeat(found, first, secondsOf(over) / (secondsOf(step) || 60))
    } else if (name !== undefined && isSeries(name)) {
      const windowSeconds = secondsOf(range)
      found.push({ name, matchers: matchersOf(inner), windowSeconds, times: 1 })
    }
  }
  return found
}

const repeat = (found: SelectorUse[], first: number, times: number): void => {
  const inside = found.splice(first)
  found.push(...inside.map((use) => ({ ...use, times: use.times * times })))
}

const matchersOf = (inner: string): SelectorMatcher[] =>
  [...inner.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g)].map(
    ([, label = '', operator = '', value = '']) => ({
      label,
      operator: operator as SelectorMatcher['operator'],
      value,
    }),
  )

const unitSeconds: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

const secondsOf = (duration: string | undefined): number =>
  [...(duration ?? '').matchAll(/(\d+)(ms|[smhdw])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 0.001),
    0,
  )
