const rememberedCollects = 16
const longestHoldMilliseconds = 300_000

/**
 * Holds a new series at 0 until every scraper has seen it there: `increase()` takes the first value
 * it sees as the start, so a first error that appears as 1 would be lost
 * (https://github.com/prometheus/prometheus/issues/1673).
 *
 * A reader is not told who scrapes. Over two gaps between collects each of two scrapers has come
 * by once, so the longest such span lately seen is how long a series is held.
 */
export const createFirstExposure = () => {
  const collects: number[] = []
  const firstSeen: number[] = []
  let released = false

  const holdMilliseconds = (): number => {
    if (collects.length < 3) return Infinity
    const spans = collects.slice(2).map((time, index) => time - (collects[index] as number))
    // A scrape that comes a little early must not hold a series for one more.
    return Math.min(Math.max(...spans) * 0.9, longestHoldMilliseconds)
  }

  return {
    /** Begins a collect at `now` (milliseconds); answers whether a series is still shown at 0. */
    begin: (now: number): ((seriesId: number) => boolean) => {
      collects.push(now)
      if (collects.length > rememberedCollects) collects.shift()
      const hold = holdMilliseconds()
      return (seriesId) => {
        const first = (firstSeen[seriesId] ??= now)
        return !released && now - first < hold
      }
    },
    /** From here on every series shows its value: the process ends, and a held count would be lost. */
    release: (): void => {
      released = true
    },
  }
}
