import {
  calendarMonth,
  calendarQuarter,
  days,
  type Duration,
  type Exclusion,
  exclusion,
  minutes,
  type ObjectiveWindow,
  percent,
  seconds,
} from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { ask, type JudgedGroup, type World } from './judged-rules.ts'
import { available, counter, expressionOf, requests, valuesAt, world } from './judged-world.ts'

/** Only rules that record some series: promtool takes its time for each. */
const only = (groups: readonly JudgedGroup[], records: readonly string[]): JudgedGroup[] =>
  groups.map(({ name, rules }) => ({
    name,
    rules: rules.filter(({ record = '' }) => records.includes(record)),
  }))

/** The same numbers each time, from 0 up to 1. */
const random = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

test('a budget over traffic that swings and idles is within 1 % of the count', () => {
  const next = random(5)
  const scrapes = 2 * 1440 * 2
  const counted = { good: 0, bad: 0 }
  const [good, bad]: [number[], number[]] = [[], []]
  for (let scrape = 0; scrape < scrapes; scrape += 1) {
    const hour = (scrape / 120) % 24
    // Idle at night; an hour at dusk, with few requests, in which half of them fail.
    const tries = hour < 6 ? 0 : Math.round(40 * Math.sin((Math.PI * (hour - 6)) / 18))
    const risk = hour >= 22 && hour < 23 ? 0.5 : 0.02
    for (let each = 0; each < tries; each += 1) counted[next() < risk ? 'bad' : 'good'] += 1
    good.push(counted.good)
    bad.push(counted.bad)
  }
  expect(counted.bad).toBeGreaterThan(1000)
  const swinging = world(
    {
      [requests('success')]: good.join(' '),
      [requests('server_error')]: bad.join(' '),
    },
    { objectives: [available({ window: days(7), target: percent(99) })] },
    minutes(2),
  )
  const both = (name: string) => ['total', 'bad'].map((of) => name.replace('*', of))
  const records = ['slo_customer:sli_*:increase5m', 'slo:sli_*:increase5m', 'slo:sli_*:events2m']
  const spent = 'slo:period_burn_rate:ratio'
  const kept = [...records, 'slo:sli_*:period'].flatMap(both)
  const some: World = { ...swinging, groups: only(swinging.groups, [...kept, spent]) }
  const [bads, burnRates] = valuesAt(some, days(2), 'slo:sli_bad:period', spent)
  const truth = counted.bad / (counted.good + counted.bad) / 0.01
  expect(Math.abs(Number(bads?.[0]) / counted.bad - 1)).toBeLessThan(0.01)
  expect(Math.abs(Number(burnRates?.[0]) / truth - 1)).toBeLessThan(0.01)
})

test('each customer has a budget of its own where it is asked for', () => {
  const customer = 'fabrikam'
  const series = {
    [requests('success')]: counter([120, 99]),
    [requests('server_error')]: counter([120, 1]),
    [requests('success', { customer })]: counter([120, 100]),
  }
  const options = { perCustomer: true, target: percent(98) }
  const remaining = 'slo_customer:period_error_budget_remaining:ratio'
  const [found] = ask(world(series, { objectives: [available(options)] }), [
    [remaining, minutes(119)],
  ])
  const byCustomer = Object.fromEntries(
    found?.map(({ labels, value }) => [labels['customer'], value]) ?? [],
  )
  expect(byCustomer['contoso']).toBeCloseTo(0.5, 1)
  expect(byCustomer['fabrikam']).toBe(1)
  expect(valuesAt(world(series), minutes(119), remaining)).toEqual([[]])
})

const step = minutes(2)
const stepsPerDay = 720

/** What rules of a window would record at some moments, over steps that each counted as many events as a day's number says. */
const periods = (
  { window, exclusions = [] }: { window: ObjectiveWindow; exclusions?: readonly Exclusion[] },
  perStep: readonly (readonly [days: number, events: number | undefined])[],
  moments: readonly Duration[],
): number[] => {
  const { groups } = world({}, { objectives: [available({ window })], exclusions }, minutes(2))
  const steps =
    'slo:sli_total:events2m{objective="available", deployment_environment_name="production"}'
  const values = perStep.map(([lasting, events]) =>
    events === undefined ? `_x${lasting * stepsPerDay}` : `${events}x${lasting * stepsPerDay - 1}`,
  )
  const recorded = {
    groups: only(groups, ['slo:sli_total:events1h']).map((group) => ({
      ...group,
      rules: group.rules.filter(({ expr }) => expr.includes('slo:sli_total:')),
    })),
    series: { [steps]: values.join(' ') },
    scraped: step,
    evaluated: seconds(3600),
  }
  const expression = expressionOf({ groups }, 'slo:sli_total:period')
  return ask(
    recorded,
    moments.map((at) => [expression, at]),
  ).map(([found]) => found?.value ?? Number.NaN)
}

const at = (day: number, minute = 0): Duration => seconds(day * 86_400 + minute * 60)

describe('since a month began', () => {
  // January has three events each two minutes, February five, March seven.
  const year = [
    [31, 3],
    [28, 5],
    [31, 7],
  ] as const
  const since = (moments: readonly Duration[], exclusions: readonly Exclusion[] = []) =>
    periods({ window: calendarMonth, exclusions }, year, moments)

  test('every event counts once, and none of the month before', () => {
    const moments = [at(10, 751), at(30, 1439), at(31), at(31, 1), at(31, 30), at(31, 61), at(45)]
    expect(since(moments)).toEqual([
      3 * (10 * stepsPerDay + 375),
      3 * (30 * stepsPerDay + 719),
      0,
      0,
      5 * 15,
      5 * 30,
      5 * 14 * stepsPerDay,
    ])
    expect(since([at(59), at(59, 2), at(89)])).toEqual([0, 7, 7 * 30 * stepsPerDay])
  })

  test('an incident that is declared later counts in neither month that it lay in', () => {
    const party = exclusion({
      from: '1970-01-31T22:00:00Z',
      to: '1970-02-01T02:00:00Z',
      reason: 'the data centre moved',
    })
    const window = calendarMonth
    // As it was then, when nothing of February was there.
    const then = periods({ window, exclusions: [party] }, [[31, 3]], [at(30, 1439), at(31)])
    expect(then).toEqual([3 * (30 * stepsPerDay + 719 - 60), 0])
    // Two hours; seven minutes more, in which steps still tell of them; and the step at midnight itself.
    const [february, march] = since([at(45), at(80)], [party])
    expect(february).toBe(5 * (14 * stepsPerDay - 60 - 3 - 1))
    expect(march).toBe(7 * 21 * stepsPerDay)
  })
})

test('since a quarter began, every event counts once', () => {
  // Nothing for two months, as in a young service.
  const year = [
    [60, undefined],
    [30, 3],
    [20, 5],
  ] as const
  const moments = [at(89, 1439), at(90), at(90, 90), at(105)]
  expect(periods({ window: calendarQuarter }, year, moments)).toEqual([
    3 * (29 * stepsPerDay + 1 + 719),
    0,
    5 * 45,
    5 * 15 * stepsPerDay,
  ])
})

test('an incident that was taken out of a rolling window leaves it step by step', () => {
  const incident = exclusion({
    from: '1970-01-01T12:00:00Z',
    to: '1970-01-01T16:00:00Z',
    reason: 'a cable was cut',
  })
  const of = (exclusions: readonly Exclusion[]) =>
    periods({ window: days(7), exclusions }, [[9, 1]], [at(2), at(7, 660), at(7, 840), at(7, 1020)])
  const [whole, less] = [of([]), of([incident])]
  const taken = whole.map((value, index) => value - Number(less[index]))
  // Four hours and seven minutes; then two hours and seven minutes, then nothing.
  for (const [index, expected] of [124, 124, 64, 0].entries()) {
    expect(Math.abs(Number(taken[index]) - expected)).toBeLessThanOrEqual(1)
  }
})
