import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  days,
  hours,
  milliseconds,
  minutes,
  seconds,
  shortDuration,
  spokenDuration,
} from './duration.ts'
import { percent, spokenPercent } from './percent.ts'

test('durations are kept in seconds', () => {
  expect([milliseconds(300), seconds(2), minutes(5), hours(1), days(30)]).toEqual(
    [0.3, 2, 300, 3600, 2_592_000].map((count) => ({ seconds: count })),
  )
})

test('durations are written in the largest unit that is whole', () => {
  expect([milliseconds(250), minutes(5), minutes(90), hours(24)].map(shortDuration)).toEqual([
    '250ms',
    '5m',
    '90m',
    '1d',
  ])
  expect([milliseconds(250), minutes(1), minutes(90), days(30)].map(spokenDuration)).toEqual([
    '250 ms',
    '1 minute',
    '90 minutes',
    '30 days',
  ])
})

test('99.9 % is the ratio 0.999 exactly, and is spoken as it was given', () => {
  expect(percent(99.9).ratio).toBe(0.999)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (thousandths) => {
      expect(spokenPercent(percent(thousandths / 1000))).toBe(`${thousandths / 1000} %`)
    }),
  )
})
