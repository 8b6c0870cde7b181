import { days, hours, minutes, seconds } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countsOf,
  eachMinute,
  eachQuarter,
  inMinutes,
  minutesOf,
  seenSince,
  seesNoMore,
  stillSees,
} from './pace.ts'

const pace = fc.constantFrom(eachMinute, eachQuarter)
const window = fc.constantFrom(minutes(5), minutes(30), hours(1), hours(6), days(3))
const minute = fc.nat(5000)

test('a window sees what ended, until it surely does not, at minutes that are evaluated', () => {
  const holds = fc.property(pace, window, minute, (at, of, ended) => {
    const [last, first] = [stillSees(at, of, ended), seesNoMore(at, of, ended)]
    expect([last % inMinutes(at.every), first % inMinutes(at.every)]).toEqual([0, 0])
    expect(last).toBeLessThan(ended + inMinutes(of))
    expect(first).toBeGreaterThan(ended + inMinutes(of))
    expect(first - last).toBeLessThan(inMinutes(at.every) * 2 + inMinutes(minutes(8)))
    expect(seenSince(at, of, last)).toBeGreaterThan(last - inMinutes(of))
  })
  fc.assert(holds)
})

test('a sum of five minutes’ increases remembers longer by those, where they are summed each minute', () => {
  expect(seesNoMore(eachMinute, hours(1), 10)).toBe(71)
  expect(seesNoMore(eachMinute, minutes(30), 10)).toBe(46)
  expect(seesNoMore(eachQuarter, hours(6), 10)).toBe(375)
})

test('a sum that is taken less often counts less', () => {
  expect(countsOf(eachMinute, hours(6), seconds(30))).toBe(0.5)
  expect(countsOf(eachQuarter, hours(6), seconds(30))).toBe(0.1)
  expect(countsOf(eachQuarter, hours(1), seconds(30))).toBe(1)
})

test('a time of a rule is in whole minutes', () => {
  expect([undefined, '30s', '15m', '2h'].map((time) => minutesOf(time))).toEqual([0, 1, 15, 120])
})
