import { type Exclusion, exclusion, hours, minutes } from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { ask } from './judged-rules.ts'
import {
  available,
  broken,
  counter,
  expressionOf,
  fired,
  firing,
  platform,
  reading,
  requests,
  valuesAt,
  world,
} from './judged-world.ts'

const from = '1970-01-01T02:00:00Z'
const maintenance = exclusion({ from, to: '1970-01-01T02:30:00Z', reason: 'maintenance' })
/** Two healthy hours, half an hour of nothing but failures, and two and a half healthy hours. */
const outage = broken(120, 30, 150)
const end = minutes(299)

const excluding = (...exclusions: readonly Exclusion[]) => world(outage, { exclusions }, minutes(2))

test('without an exclusion the outage alerts', () => {
  expect(fired(excluding(), end)).toContain('CxErrorBudgetBurn page')
})

describe('maintenance that was declared ahead', () => {
  test('alerts nobody, then or after, and spends nothing', () => {
    const alerts = 'sum_over_time({__name__="ALERTS", alertstate="firing"}[1d])'
    const spent = ['slo:sli_bad:period', 'slo:sli_total:period']
    const [fires, bad, total] = valuesAt(excluding(maintenance), end, alerts, ...spent)
    expect([fires, bad]).toEqual([[], [0]])
    const [whole] = valuesAt(excluding(), end, 'slo:sli_total:period')
    // Half an hour, and the five minutes in which an increase still tells of it.
    expect(Number(whole?.[0]) - Number(total?.[0])).toBeCloseTo(350, -2)
  })

  test('hides no outage that comes after it', () => {
    const again = world(
      {
        [requests('success')]: counter([120, 10], [30, 0], [30, 10], [30, 0]),
        [requests('server_error')]: counter([120, 0], [30, 10], [30, 0], [30, 10]),
      },
      { exclusions: [maintenance] },
      minutes(2),
    )
    const page = 'ALERTS{alertname="CxErrorBudgetBurn", alertstate="firing", severity="page"}'
    const asked = [178, 196].map((at) => [page, minutes(at)] as const)
    expect(ask(again, asked).map((found) => found.length)).toEqual([0, 1])
  })

  test('begins anew every so often', () => {
    const every = exclusion({ ...maintenance, from, to: '1970-01-01T02:30:00Z', every: hours(3) })
    const twice = world(
      {
        [requests('success')]: counter([120, 10], [30, 0], [150, 10], [30, 0], [30, 10]),
        [requests('server_error')]: counter([120, 0], [30, 10], [150, 0], [30, 10], [30, 0]),
      },
      { exclusions: [every] },
      minutes(2),
    )
    expect(fired(twice, minutes(358))).toEqual([])
    expect(valuesAt(twice, minutes(358), 'slo:sli_bad:period')).toEqual([[0]])
  })

  test('of one objective leaves the other as it is', () => {
    const [spared, held] = [available(), available({}, 'held')]
    const one = exclusion({
      ...maintenance,
      from,
      to: '1970-01-01T02:30:00Z',
      objectives: [spared],
    })
    const both = world(
      outage,
      { owners: [platform], features: [reading], objectives: [spared, held], exclusions: [one] },
      minutes(2),
    )
    const alerts = firing(both, minutes(148))
    expect(new Set(alerts.map(({ objective }) => objective))).toEqual(new Set(['held']))
  })
})

describe('an incident that is declared after it was recorded', () => {
  const recordedWithout = excluding()
  /** What changed rules would record, over what the rules before them kept. */
  const after = (
    changed: readonly Exclusion[],
    ...questions: readonly (readonly [record: string, at: number])[]
  ): readonly number[] => {
    const { groups } = excluding(...changed)
    const asked = questions.map(
      ([record, at]) => [expressionOf({ groups }, record), minutes(at)] as const,
    )
    return ask(recordedWithout, asked).map(([found]) => found?.value ?? 0)
  }

  test('leaves no failure in any window', () => {
    const windows = ['30m', '2h', '6h', '1d', '3d']
    const questions = windows.flatMap((window) =>
      [125, 149, 160, 200, 270].map((at) => [`slo:sli_bad:increase${window}`, at] as const),
    )
    expect(after([maintenance], ...questions)).toEqual(questions.map(() => 0))
  })

  test('leaves what is outside of it, also while it leaves the window', () => {
    const total = 'slo:sli_total:increase30m'
    const [halfGone, gone] = after([maintenance], [total, 175], [total, 190])
    // Of the half hour that ends at 2:55, the incident and what is smeared take twelve minutes.
    expect(halfGone).toBeGreaterThan(170)
    expect(halfGone).toBeLessThan(200)
    expect(gone).toBeGreaterThan(290)
    expect(gone).toBeLessThan(325)
  })

  test('gives the budget back', () => {
    expect(valuesAt(recordedWithout, end, 'slo:sli_bad:period')[0]?.[0]).toBeCloseTo(300)
    const [bad, total] = after(
      [maintenance],
      ['slo:sli_bad:period', 299],
      ['slo:sli_total:period', 299],
    )
    expect(bad).toBe(0)
    expect(total).toBeCloseTo(2960 - 370, -2)
  })

  test('is taken out once, however many declarations overlap', () => {
    const to = '1970-01-01T02:40:00Z'
    const overlapping = exclusion({ from: '1970-01-01T02:15:00Z', to, reason: 'the same' })
    const once = exclusion({ from, to, reason: 'both' })
    const question = ['slo:sli_total:period', 299] as const
    expect(after([overlapping, maintenance], question)).toEqual(after([once], question))
  })
})
