import type { Series, SeriesStore } from './series-store.ts'

const rememberedCollects = 16
const longestHoldMilliseconds = 300_000
/** A span that is so many times the usual one is none. */
const outlier = 4

/** What one reader, such as an endpoint that is scraped, has shown of a store. */
export interface Reader {
  /** Begins to show the store; call `done()` when everything was shown. */
  begin(): Turn
  /** From here on every series shows its value: the process ends, and a held count would be lost. */
  release(): void
}

export interface Turn {
  /** Milliseconds since the epoch. */
  readonly time: number
  /** Whether a series is shown at 0 still. */
  isHeld(series: Series): boolean
  done(): void
}

/**
 * Holds a new series at 0 until every scraper has seen it there: `increase()` takes the first value
 * it sees as the start, so a first error that appears as 1 would be lost
 * (https://github.com/prometheus/prometheus/issues/1673).
 *
 * A reader is not told who scrapes. Over two gaps between collects each of two scrapers has come
 * by once, so the longest such span lately seen is how long a series is held.
 */
export const createReader = (store: SeriesStore): Reader => {
  const reader = store.addReader()
  const bit = 1 << reader
  // Of the few series that are new: when they were first shown.
  let firstShown = new WeakMap<Series, number>()
  let heldInTurn = 0
  const collects: number[] = []
  let released = false

  const holdMilliseconds = (): number => {
    if (released) return 0
    const spans = collects.slice(2).map((time, index) => time - (collects[index] as number))
    if (spans.length === 0) return longestHoldMilliseconds
    const usual = spans.toSorted((a, b) => a - b)[Math.floor(spans.length / 2)] as number
    // A pause of the scraper's, or a clock that was set, says nothing of how often it comes.
    const longest = Math.max(...spans.filter((span) => span <= usual * outlier))
    // A scrape that comes a little early must not hold a series for one more.
    return Math.min(longest * 0.9, longestHoldMilliseconds)
  }

  return {
    begin: () => {
      const time = store.now()
      collects.push(time)
      if (collects.length > rememberedCollects) collects.shift()
      const hold = holdMilliseconds()
      heldInTurn = 0
      return {
        time,
        isHeld: (series) => {
          if ((series.shown & bit) !== 0) return false
          const first = firstShown.get(series) ?? time
          if (time - first >= hold) {
            series.shown |= bit
            return false
          }
          firstShown.set(series, first)
          heldInTurn += 1
          return true
        },
        done: () => {
          // A map that once held every series keeps its size, so an empty one takes its place.
          if (heldInTurn === 0) firstShown = new WeakMap()
          store.collected({ reader, time, holdMilliseconds: hold })
        },
      }
    },
    release: () => {
      released = true
    },
  }
}
