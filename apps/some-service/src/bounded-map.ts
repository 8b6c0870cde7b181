export interface BoundedMap<Value> {
  readonly size: number
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): void
}

export interface BoundedMapOptions {
  readonly mostEntries: number
  /** What nobody asked for in this time is forgotten. */
  readonly idleMilliseconds: number
  readonly now: () => number
}

/** Remembers what was asked for last, for as long as it is in use, and no more than it may. */
export const createBoundedMap = <Value>({
  idleMilliseconds,
  mostEntries,
  now,
}: BoundedMapOptions): BoundedMap<Value> => {
  // A map keeps the order of insertion, so what is put anew at each use stands in the order of use.
  const entries = new Map<string, { readonly value: Value; readonly usedAt: number }>()

  const use = (key: string, value: Value): void => {
    entries.delete(key)
    entries.set(key, { value, usedAt: now() })
  }
  const forgetOld = (): void => {
    for (const [key, { usedAt }] of entries) {
      if (entries.size <= mostEntries && now() - usedAt < idleMilliseconds) return
      entries.delete(key)
    }
  }

  return {
    get size() {
      forgetOld()
      return entries.size
    },
    get: (key) => {
      forgetOld()
      const found = entries.get(key)
      if (found) use(key, found.value)
      return found?.value
    },
    set: (key, value) => {
      use(key, value)
      forgetOld()
    },
    delete: (key) => void entries.delete(key),
  }
}
