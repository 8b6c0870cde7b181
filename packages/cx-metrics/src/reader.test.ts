import type { Instrument } from 'cx-definition'
import { expect, test } from 'vitest'
import { createReader } from './reader.ts'
import { createSeriesStore } from './series-store.ts'

const instrument: Instrument = {
  name: 'c',
  kind: 'counter',
  unit: '',
  description: '',
  attributes: [],
}

const setUp = () => {
  let time = 0
  const store = createSeriesStore({ dimensionName: 'customer', now: () => time })
  const reader = createReader(store)
  const at = (milliseconds: number) => {
    time = milliseconds
    return reader.begin()
  }
  return { at, reader, series: store.counters(instrument).add({}) }
}

/** For each collect, whether a series that is new since then is held. */
const heldAt = (times: readonly number[], since = 0) => {
  const { at, series } = setUp()
  return times.map((time) => {
    const turn = at(time)
    return time >= since && turn.isHeld(series)
  })
}

test('one scraper sees a new series at 0 twice, whenever it comes', () => {
  expect(heldAt([0, 15_000, 30_000, 45_000])).toEqual([true, true, false, false])
  expect(heldAt([0, 15_000, 30_000, 45_000, 60_000, 75_000], 45_000)).toEqual([
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
  const held = times.filter((_, index) => heldAt(times, 45_000)[index])
  expect(held).toEqual([45_000, 52_000])
})

test('a person who looks by hand does not end the hold early', () => {
  const times = [0, 15_000, 30_000, 45_000, 45_100, 45_200, 45_300, 60_000, 75_000]
  expect(heldAt(times, 45_100)).toEqual([false, false, false, false, true, true, true, true, false])
})

test('a pause of the scraper, or a clock that is set, does not hold new series for long', () => {
  const steady = Array.from({ length: 10 }, (_, index) => index * 15_000)
  const pause = 600_000
  const after = [1, 2, 3, 4].map((index) => 9 * 15_000 + pause + index * 15_000)
  expect(heldAt([...steady, ...after], after[0]).slice(10)).toEqual([true, true, false, false])
  const back = [1, 2, 3, 4].map((index) => 9 * 15_000 - pause + index * 15_000)
  const { at, series } = setUp()
  const held = [...steady, ...back].map((time) => at(time).isHeld(series))
  expect(held.lastIndexOf(true)).toBe(1)
})

test('a release shows every value at once', () => {
  const { at, reader, series } = setUp()
  expect(at(0).isHeld(series)).toBe(true)
  reader.release()
  expect(at(1).isHeld(series)).toBe(false)
})
