import { expect, test } from 'vitest'
import { createFirstExposure } from './first-exposure.ts'

/** For each collect, whether the series with that id is held then. */
const heldAt = (times: readonly number[], seriesId = 0, since = 0) => {
  const exposure = createFirstExposure()
  return times.map((time) => {
    const isHeld = exposure.begin(time)
    return time >= since && isHeld(seriesId)
  })
}

test('one scraper sees a new series at 0 twice, whenever it comes', () => {
  expect(heldAt([0, 15_000, 30_000, 45_000])).toEqual([true, true, false, false])
  expect(heldAt([0, 15_000, 30_000, 45_000, 60_000, 75_000], 0, 45_000)).toEqual([
    false,
    false,
    false,
    true,
    true,
    false,
  ])
})

test('two scrapers that take turns both see it at 0', () => {
  // Every 15 s each, the second 7 s after the first; the series is new at 45 s.
  const first = [0, 15_000, 30_000, 45_000, 60_000]
  const times = first.flatMap((time) => [time, time + 7000])
  const held = times.filter((_, index) => heldAt(times, 0, 45_000)[index])
  expect(held).toEqual([45_000, 52_000])
})

test('a person who looks by hand does not end the hold early', () => {
  const times = [0, 15_000, 30_000, 45_000, 45_100, 45_200, 45_300, 60_000, 75_000]
  expect(heldAt(times, 0, 45_100)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
    false,
  ])
})

test('a release shows every value at once', () => {
  const exposure = createFirstExposure()
  expect(exposure.begin(0)(0)).toBe(true)
  exposure.release()
  expect(exposure.begin(1)(0)).toBe(false)
})
