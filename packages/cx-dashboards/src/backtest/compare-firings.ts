import type { Firing } from './firings.ts'

/** A firing as the one catalog has it and as the other does. */
export interface FiringPair<Kind extends Firing = Firing> {
  readonly today?: Kind
  readonly changed?: Kind
  /** How much later the changed one fires, in seconds; negative where it is earlier. */
  readonly later?: number
  /** How much longer the changed one fires, in seconds; negative where it is shorter, absent where either has no end. */
  readonly longer?: number
  /** The other catalog fires at that time as well, in a firing that is paired with another. */
  readonly joined?: true
}

/**
 * Pairs firings that overlap, each with the first that is free, in the order of time.
 * @param today of one label set, ascending
 * @param changed of the same
 */
export const compareFirings = <Kind extends Firing>(
  today: readonly Kind[],
  changed: readonly Kind[],
): readonly FiringPair<Kind>[] => {
  const free = new Set(changed)
  const pairs = today.map((one): FiringPair<Kind> => {
    const other = [...free].find((candidate) => overlap(one, candidate))
    if (other === undefined)
      return { today: one, ...(changed.some((each) => overlap(one, each)) && { joined: true }) }
    free.delete(other)
    return { today: one, changed: other, ...difference(one, other) }
  })
  const others = [...free].map((other): FiringPair<Kind> => ({
    changed: other,
    ...(today.some((each) => overlap(each, other)) && { joined: true }),
  }))
  return [...pairs, ...others].toSorted((a, b) => beginOf(a) - beginOf(b))
}

const endOf = ({ to = Number.POSITIVE_INFINITY }: Firing): number => to

const overlap = (a: Firing, b: Firing): boolean => a.from < endOf(b) && b.from < endOf(a)

const difference = (one: Firing, other: Firing) => ({
  later: other.from - one.from,
  ...(one.to !== undefined &&
    other.to !== undefined && { longer: other.to - other.from - (one.to - one.from) }),
})

const beginOf = ({ changed, today }: FiringPair): number => (today ?? changed)?.from ?? 0

/** Whether both catalogs fire alike. */
export const isSame = ({ changed, later, today, longer = 0 }: FiringPair): boolean =>
  today !== undefined &&
  changed !== undefined &&
  later === 0 &&
  longer === 0 &&
  (today.to === undefined) === (changed.to === undefined)
