import { parser } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inCalendarPeriods, sinceCalendarStart } from './calendar.ts'
import { series } from './expression.ts'

const begin = Date.UTC(2020, 0) / 1000
const moment = fc.integer({ min: begin, max: begin + 10 * 366 * 86_400 })

const periodOf = (at: number, calendar: 'month' | 'quarter'): string => {
  const date = new Date(at * 1000)
  const month = date.getUTCMonth()
  return `${date.getUTCFullYear()} ${calendar === 'month' ? month : Math.floor(month / 3)}`
}

test.for(['month', 'quarter'] as const)(
  'each part of a time lies in one %s, and together they are all of it',
  (calendar) => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 400 * 86_400 }), (from, lasting) => {
        const parts = inCalendarPeriods(from, from + lasting, calendar)
        expect(parts[0]?.from).toBe(from)
        expect(parts.at(-1)?.to).toBe(from + lasting)
        for (const [index, part] of parts.entries()) {
          expect(part.to).toBeGreaterThan(part.from)
          expect(part.to).toBeLessThanOrEqual(part.end)
          expect(periodOf(part.to - 1, calendar)).toBe(periodOf(part.from, calendar))
          expect(periodOf(part.end - 1, calendar)).toBe(periodOf(part.from, calendar))
          expect(periodOf(part.end, calendar)).not.toBe(periodOf(part.from, calendar))
          const next = parts[index + 1]
          if (next) expect(next.from).toBe(part.to)
        }
      }),
    )
  },
)

test.for([
  ['month', '31d:1h'],
  ['quarter', '92d:1h'],
] as const)(
  'a %s is read in hours, and the hour that is not over in steps',
  ([calendar, range]) => {
    const { text } = sinceCalendarStart(series('steps', []), series('hours', []), calendar, '2m')
    expect(text).toContain(`[${range}]`)
    expect(text).toContain('[1h:2m]')
    parser.parse(text).iterate({
      enter: ({ type }) => {
        expect(type.isError).toBe(false)
      },
    })
  },
)
