import { days, type Exclusion, exclusion, hours, minutes, seconds } from 'cx-definition'
import { expect, test } from 'vitest'
import { calendarStepsOutside, outside, stepsOutside, sumOutside } from './excluded-time.ts'
import { series } from './expression.ts'

const of = series('a', [])
const first = { from: 1000, to: 1600, reason: 'one' }
const often: Exclusion = { ...first, every: hours(1) }
const [window, interval, smear] = [minutes(30), seconds(30), minutes(5)]

test('without exclusions nothing is added', () => {
  expect(outside(of, [], window)).toBe(of)
  expect(sumOutside(of, [], window, interval, smear).text).toBe('sum_over_time(a[30m]) / 10')
  expect(stepsOutside(of, [], days(7), '2m', smear).text).toBe('sum_over_time(a[7d])')
  expect(calendarStepsOutside(of, of, [], 'month', smear)).toBe(of)
})

test('a raw window is left out from the begin of an exclusion until it has left it', () => {
  expect(outside(of, [first], smear).text).toBe('a unless on () vector(time()) >= 1000 < 1900')
  expect(outside(of, [first, often], smear).text).toBe(
    'a unless on () (vector(time()) >= 1000 < 1900 or vector(time()) >= 1000 and (vector(time()) - 1000) % 3600 < 900)',
  )
})

test('what recurs was never recorded, and need not be taken out', () => {
  expect(sumOutside(of, [often], window, interval, smear).text).toBe('sum_over_time(a[30m]) / 10')
  expect(stepsOutside(of, [often], days(7), '2m', smear).text).toBe('sum_over_time(a[7d])')
})

test.for([
  [minutes(30), '30m:30s', 10],
  [hours(6), '6h:3m', 300 / 180],
  [days(1), '1d:5m', 1],
  [days(3), '3d:5m', 1],
] as const)(
  'the window %o is read in few steps, none longer than an event is seen',
  ([whole, range, perEvent]) => {
    const { text } = sumOutside(of, [first], whole, interval, smear)
    expect(text).toContain(`[${range}]`)
    expect(text.endsWith(` / ${perEvent}`)).toBe(true)
  },
)

test('exclusions that meet are one', () => {
  const taken = (...exclusions: readonly Exclusion[]) =>
    stepsOutside(of, exclusions, days(7), '2m', smear).text
  const meeting = { ...first, from: 1700, to: 2000 }
  expect(taken(meeting, first)).toBe(taken({ ...first, to: 2000 }))
  expect(taken(first, first)).toBe(taken(first))
  expect(taken(first, { ...first, from: 1901, to: 2000 })).toContain(' @ 2300')
})

test('an exclusion over a month’s end is taken from both months, each while it lasts', () => {
  const moved = exclusion({
    from: '2026-01-31T23:00:00Z',
    to: '2026-02-01T00:55:00Z',
    reason: 'moved',
  })
  const midnight = Date.UTC(2026, 1) / 1000
  const { text } = calendarStepsOutside(series('whole', []), of, [moved], 'month', smear)
  const january = `sum_over_time(a[1h] @ ${midnight}) and on () vector(time()) >= ${midnight - 3600} < ${midnight}`
  const february = `sum_over_time(a[1h] @ ${midnight + 3600}) and on () vector(time()) >= ${midnight} < ${Date.UTC(2026, 2) / 1000}`
  expect(text).toBe(`clamp_min(whole - (${january} or 0 * whole) - (${february} or 0 * whole), 0)`)
})
