export interface Pairs<Item> {
  readonly pairs: readonly (readonly [was: Item, now: Item])[]
  readonly gone: readonly Item[]
  readonly added: readonly Item[]
}

/** What two of one kind have in common; empty where it says nothing. */
export type Key<Item> = (item: Item) => string

/** Each of the one side with the first of the other that has the same key, by the surest key first. */
export const paired = <Item>(
  before: readonly Item[],
  after: readonly Item[],
  keys: readonly Key<Item>[],
): Pairs<Item> => {
  const found = new Map<Item, Item>()
  const free = new Set(before)
  for (const key of keys) {
    const waiting = byKey([...free], key)
    for (const item of after) {
      if (found.has(item)) continue
      const match = waiting.get(key(item))?.shift()
      if (!match) continue
      found.set(item, match)
      free.delete(match)
    }
  }
  return {
    pairs: after.flatMap((now) => {
      const was = found.get(now)
      return was ? [[was, now] as const] : []
    }),
    gone: [...free],
    added: after.filter((item) => !found.has(item)),
  }
}

const byKey = <Item>(items: readonly Item[], key: Key<Item>): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const name = key(item)
    if (name !== '') groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return groups
}
