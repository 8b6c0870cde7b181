import { expect, test } from 'vitest'
import { days, hours } from './duration.ts'
import { calendarMonth, calendarQuarter, spokenWindow, windowProblems } from './objective-window.ts'

test.for([days(7), days(28), days(30), days(90), calendarMonth, calendarQuarter])(
  'the window %o has burn rates',
  (window) => {
    expect(windowProblems('w', window)).toEqual([])
  },
)

test.for([hours(1), days(0), days(-30), days(31), days(730), { seconds: Number.NaN }])(
  'the window %o has none, and the remedy names those that do',
  (window) => {
    const [problem, ...others] = windowProblems('w', window)
    expect(problem).toMatchObject({ code: 'CX_ERR_WINDOW', path: 'w' })
    expect(problem?.remedy).toContain('days(30)')
    expect(problem?.remedy).toContain('calendarMonth')
    expect(others).toEqual([])
  },
)

test('windows are spoken as people say them', () => {
  expect([days(30), days(7), calendarMonth, calendarQuarter].map(spokenWindow)).toEqual([
    '30 days',
    '7 days',
    'the calendar month',
    'the calendar quarter',
  ])
})
