import { expect, test } from 'vitest'
import { momentText, percentAt, spanText, ticksOf } from './time-scale.ts'

const at = (text: string): number => Date.parse(`${text}Z`) / 1000

test('A moment stands at its share of the width, one outside at the edge.', () => {
  const span = { start: 100, end: 300 }
  expect([50, 100, 200, 300, 400].map((moment) => percentAt(span, moment))).toEqual([
    0, 0, 50, 100, 100,
  ])
})

test('Ticks are round moments in UTC, as many as fit.', () => {
  const span = { start: at('2026-11-01T10:10'), end: at('2026-11-02T10:10') }
  expect(ticksOf(span, 10).map(({ text }) => text)).toEqual([
    '12:00',
    '15:00',
    '18:00',
    '21:00',
    'Mon 2 Nov',
    '03:00',
    '06:00',
    '09:00',
  ])
})

test.for([60, 3600, 86_400, 20 * 86_400, 400 * 86_400])(
  'A range of %i seconds has no more ticks than asked for, all inside.',
  (length) => {
    const span = { start: at('2026-11-01T10:10'), end: at('2026-11-01T10:10') + length }
    const ticks = ticksOf(span, 10)
    expect(ticks.length).toBeLessThanOrEqual(11)
    expect(ticks.every((tick) => tick.at >= span.start && tick.at <= span.end)).toBe(true)
  },
)

test('Moments and spans read well.', () => {
  expect(momentText(at('2026-11-03T10:07'))).toBe('Tue 3 Nov 10:07')
  expect(spanText(5700)).toBe('1 h 35 min')
})
