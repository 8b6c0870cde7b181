import type { RumVariable } from './judge.ts'
import type { RumEvents } from './recorded.ts'

/** How many sessions had events that a search finds, for each value of what they are grouped by. @throws Error where it is no search of those that are generated */
export const rumCount = (
  { group_by, search }: RumVariable,
  events: readonly RumEvents[],
  from: number,
  to: number,
): ReadonlyMap<string, number> => {
  const isMeant = rumSearch(search.query)
  const facet = group_by[0]?.facet ?? ''
  const found = new Map<string, Set<string>>()
  for (const { facets, sessions } of events.filter((each) => isMeant(each.facets))) {
    const group = facets[facet] ?? ''
    const known = found.get(group) ?? new Set<string>()
    for (const id of sessions.slice(Math.max(from, 0), Math.max(to, 0)).flat()) known.add(id)
    found.set(group, known)
  }
  return new Map(
    [...found].map(([group, ids]) => [group, ids.size] as const).filter(([, count]) => count > 0),
  )
}

const term = /\s*(@?[\w.]+):(?:\(([^)]*)\)|("(?:[^"\\]|\\.)*"|[\w-]+))/y

const rumSearch = (text: string) => {
  const terms: (readonly [facet: string, values: readonly string[]])[] = []
  term.lastIndex = 0
  while (term.lastIndex < text.length) {
    const [, facet = '', several, one = ''] = term.exec(text) ?? fail(text)
    terms.push([facet, (several?.split(' OR ') ?? [one]).map(bare)])
  }
  return (facets: RumEvents['facets']): boolean =>
    terms.every(([facet, values]) => values.includes(facets[facet] ?? ''))
}

const bare = (value: string): string =>
  value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value

const fail = (text: string): never => {
  throw new Error(`no search: ${text}`)
}
