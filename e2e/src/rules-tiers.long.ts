import {
  breach,
  calendarMonth,
  calendarQuarter,
  days,
  minutes,
  percent,
  perHour,
} from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { available, broken, counter, fired, firing, requests, world } from './judged-world.ts'

describe.for([
  ['a week', days(7), 4.2, 1],
  ['28 days', days(28), 5.6, 1],
  ['30 days', days(30), 6, 1],
  ['90 days', days(90), 10.8, 2],
  ['a calendar month', calendarMonth, 6, 1],
  ['a calendar quarter', calendarQuarter, 10.8, 2],
] as const)('over %s', ([, window, slowestPage, slowestTicket]) => {
  const burning = (factor: number) => {
    const objectives = [available({ window, traffic: perHour(600_000) })]
    const perMinute = 10_000
    const failing = perMinute * factor * 0.001
    return world(
      {
        [requests('success')]: counter([480, perMinute - failing]),
        [requests('server_error')]: counter([480, failing]),
      },
      { objectives },
      minutes(5),
    )
  }

  test('errors a little above the slowest page’s rate page within the day', () => {
    expect(fired(burning(slowestPage * 1.1), minutes(475))).toContain('CxErrorBudgetBurn page')
  })

  test('errors a little below it do not, and are a ticket', () => {
    expect(fired(burning(slowestPage * 0.9), minutes(475))).toEqual(['CxErrorBudgetBurn ticket'])
  })

  test('errors that the budget allows alert nobody', () => {
    expect(fired(burning(slowestTicket * 0.9), minutes(475))).toEqual([])
  })
})

test('few failures that cost a twentieth of the budget are a ticket, and no page', () => {
  const traffic = perHour(60)
  // An event a minute is 43,200 in 30 days, of which 43 may fail: a twentieth of them is a little more than two.
  const few = (failures: number) =>
    world(
      {
        [requests('success')]: counter([960, 1]),
        [requests('server_error')]: `0x1799 1+1x${failures - 1} ${failures}x${120 - failures - 1}`,
      },
      { objectives: [available({ traffic })] },
      minutes(5),
    )
  expect(fired(few(2), minutes(955))).toEqual([])
  expect(fired(few(4), minutes(955))).toEqual(['CxErrorBudgetBurn ticket'])
})

describe('a simple rule, below 99 % for a quarter of an hour,', () => {
  const breaches = [breach({ below: percent(99), lasting: minutes(15), severity: 'page' })]
  const simple = (failing: number) =>
    world(broken(60, failing, 90 - failing), {
      objectives: [available({ breaches, target: percent(50) })],
    })

  test('tells of an outage, and is over when the outage is', () => {
    const outage = simple(20)
    expect(firing(outage, minutes(75)).map(({ alertname }) => alertname)).toContain('CxBreach')
    expect(firing(outage, minutes(100))).toEqual([])
  })

  test('says nothing of a single failure among few requests', () => {
    const one = world(
      {
        [requests('success')]: counter([90, 1]),
        [requests('server_error')]: '0x120 1x59',
      },
      { objectives: [available({ breaches, target: percent(50) })] },
    )
    expect(fired(one, minutes(89))).toEqual([])
  })
})
