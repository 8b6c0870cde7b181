import { calendarQuarter, days, hours, perHour } from 'cx-definition'
import { expect, test } from 'vitest'
import { catalogWith } from '../../fakes/one-objective.ts'
import { prometheusDuration, retentionFindings } from './retention.ts'

const traffic = perHour(600)
const kept = (duration: { readonly seconds: number }) => ({
  kept: duration,
  source: 'by --retention',
})

test('a window longer than data is kept is an error', () => {
  expect(retentionFindings(catalogWith({ traffic }), kept(days(15)))).toMatchObject([
    {
      severity: 'error',
      path: 'objectives[0].window',
      message:
        'documents: its budget is read over 30 days, and Prometheus keeps 15 days (by --retention)',
    },
  ])
  expect(retentionFindings(catalogWith({ traffic }), kept(days(30)))).toEqual([])
})

test('a calendar window needs its longest length', () => {
  const catalog = catalogWith({ traffic, window: calendarQuarter })
  expect(retentionFindings(catalog, kept(days(90)))).toHaveLength(1)
  expect(retentionFindings(catalog, kept(days(92)))).toEqual([])
})

test('where nothing is known, windows beyond Prometheus’ default are warned of once', () => {
  expect(retentionFindings(catalogWith({ traffic }), undefined)).toMatchObject([
    { severity: 'warning', path: 'objectives' },
  ])
  expect(retentionFindings(catalogWith({ traffic, window: days(7) }), undefined)).toEqual([])
})

test('durations are read as Prometheus writes them, and nothing else is', () => {
  expect(prometheusDuration('1d12h')).toEqual(hours(36))
  expect(prometheusDuration('1y2w')).toEqual(days(379))
  expect(prometheusDuration('500ms')).toEqual({ seconds: 0.5 })
  for (const text of ['', '30', '30 d', 'd30', '30days', '-1d', '1.5d']) {
    expect(prometheusDuration(text)).toBeUndefined()
  }
})
