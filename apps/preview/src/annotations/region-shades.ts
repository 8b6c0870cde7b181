import type { AnnotationEvent } from './annotation-events.ts'
import type { AnnotationQuery } from './annotation-query.ts'

/** A part of a graph to be shaded; in milliseconds since 1970. */
export interface RegionShade {
  readonly from: number
  readonly to: number
  readonly query: AnnotationQuery
  /** From 0, which cannot be seen, to 1. */
  readonly opacity: number
}

// What is short is strong. What is long is faint, so that the graph under it can be read: a ticket may stand for days.
const strongest = 0.18
const faintest = 0.03
const strongUpTo = 0.1

/** Shades of the regions in sight, long ones first. Regions of one query that overlap are shaded once. */
export const regionShades = (
  events: readonly AnnotationEvent[],
  inSight: { readonly from: number; readonly to: number },
): readonly RegionShade[] =>
  [...new Set(events.map(({ query }) => query))]
    .flatMap((query) => {
      const own = events.filter((event) => event.query === query)
      return unionOf(own, inSight).map((region) => ({ ...region, query }))
    })
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
    .map((region) => ({ ...region, opacity: opacityOf(lengthOf(region) / lengthOf(inSight)) }))

interface Region {
  readonly from: number
  readonly to: number
}

const unionOf = (events: readonly Region[], inSight: Region): readonly Region[] => {
  const found: { from: number; to: number }[] = []
  const cut = events.map(({ from, to }) => ({
    from: Math.max(from, inSight.from),
    to: Math.min(to, inSight.to),
  }))
  for (const { from, to } of cut.toSorted((a, b) => a.from - b.from)) {
    if (to <= from) continue
    const last = found.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}

const lengthOf = ({ from, to }: Region): number => to - from

const opacityOf = (share: number): number =>
  Math.max(faintest, Math.min(strongest, (strongest * strongUpTo) / share))
