import type { Labels, Range } from '../publishers/prometheus-api.ts'
import { chunksOf } from './chunk.ts'
import type { RangeQuery } from './patient-query.ts'
import { spokenRange } from './spoken-time.ts'

/** When a condition held for one label set: evaluations in seconds since 1970, ascending. */
export interface HeldTimes {
  readonly labels: Labels
  readonly at: readonly number[]
}

export interface Held {
  /** Of each condition, every label set that it ever held for. */
  readonly of: (condition: string) => readonly HeldTimes[]
  /** The last evaluation that is known of all conditions; before the first where not even one chunk is. */
  readonly until: number
  /** Why it is not the end. */
  readonly problem?: string
}

/** Evaluates conditions over a range: all of them over a chunk before the next, so that a failure leaves a time up to which everything is known. */
export const heldTimes = async (
  conditions: readonly string[],
  range: Range,
  query: RangeQuery,
  say: (line: string) => void,
): Promise<Held> => {
  const all = new Map<string, Map<string, { labels: Labels; at: number[] }>>(
    conditions.map((condition) => [condition, new Map()]),
  )
  let until = range.start - range.step
  let problem: string | undefined
  const chunks = chunksOf(range)
  for (const [index, chunk] of chunks.entries()) {
    say(`${index + 1} of ${chunks.length}: ${counted(all.size)} from ${spokenRange(chunk)}`)
    try {
      for (const [condition, sets] of all) keep(sets, await query(condition, chunk))
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      break
    }
    until = chunk.end
  }
  return {
    of: (condition) =>
      [...(all.get(condition)?.values() ?? [])].map(({ at, labels }) => ({
        labels,
        at: at.filter((each) => each <= until),
      })),
    until,
    ...(problem !== undefined && { problem }),
  }
}

const counted = (conditions: number): string =>
  conditions === 1 ? '1 condition' : `${conditions} conditions`

const keep = (
  sets: Map<string, { labels: Labels; at: number[] }>,
  found: Awaited<ReturnType<RangeQuery>>,
): void => {
  for (const { labels, samples } of found) {
    const key = keyOf(labels)
    const set = sets.get(key) ?? { labels, at: [] }
    sets.set(key, set)
    for (const { at } of samples) set.at.push(at)
  }
}

/** The same for the same labels in whatever order. */
export const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
