import { completion, journey, latency, milliseconds, minutes, percent, webApp } from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { ask, recordsOf } from './judged-rules.ts'
import {
  available,
  broken,
  counter,
  fired,
  firing,
  healthy,
  platform,
  read,
  reading,
  requests,
  valuesAt,
  world,
} from './judged-world.ts'

const everyAlert = ['CxCustomerOutage ticket', 'CxErrorBudgetBurn page', 'CxErrorBudgetBurn ticket']

describe('a night without requests', () => {
  const night = world(
    {
      [requests('success')]: counter([120, 10], [480, 0], [60, 10]),
      [requests('server_error')]: counter([60, 0], [12, 1], [588, 0]),
    },
    {},
    minutes(2),
  )

  const remaining = ['ratio', 'events'].map((of) => `slo:period_error_budget_remaining:${of}`)
  const kept = [...remaining, 'slo:sli_bad:period']
  const names = recordsOf(night.groups)
  const firingNow = '{__name__="ALERTS", alertstate="firing"}'
  const found = ask(night, [
    ...[130, 590].flatMap((at) => kept.map((name) => [name, minutes(at)] as const)),
    ...['slo:sli_error:ratio_rate5m', 'slo:sli_error:ratio_rate2h', firingNow].map(
      (name) => [name, minutes(590)] as const,
    ),
    // A sum with NaN in it is NaN, which alone differs from itself.
    ...names.map(
      (name) => [`sum_over_time(${name}[1d]) != sum_over_time(${name}[1d])`, minutes(650)] as const,
    ),
  ]).map((samples) => samples.map(({ value }) => value))

  test('leaves the budget as it was, to the digit', () => {
    const [evening, morning] = [found.slice(0, 3), found.slice(3, 6)]
    expect(evening.flat()).toHaveLength(3)
    expect(evening[2]?.[0]).toBeCloseTo(12)
    expect(morning).toEqual(evening)
  })

  test('has no ratio, and so no alert', () => {
    expect(found.slice(6, 9)).toEqual([[], [], []])
  })

  test('leaves no NaN in any recorded series', () => {
    expect(names.length).toBeGreaterThan(40)
    expect(found.slice(9).flat()).toEqual([])
  })
})

test.for([
  ['no series at all', []],
  ['series that never count', [[requests('success'), counter([90, 0])]]],
] as const)('%s alert nobody', ([, entries]) => {
  const series = Object.fromEntries(entries)
  expect(fired(world(series), minutes(89))).toEqual([])
})

describe('series come and go', () => {
  test('the first error ever is counted, since its series begins at 0', () => {
    const failing = requests('server_error')
    const one = world({ ...healthy(60), [failing]: `_x100 0 1+0x18` })
    expect(valuesAt(one, minutes(59), 'slo:sli_bad:increase1h')[0]?.[0]).toBeCloseTo(1, 0)
  })

  test('what never succeeded is all bad', () => {
    const only = world({ [requests('server_error')]: counter([20, 10]) })
    expect(valuesAt(only, minutes(19), 'slo:sli_error:ratio_rate5m')).toEqual([[1]])
    expect(fired(only, minutes(10))).toEqual(everyAlert)
  })

  test('a pod that takes over from another neither adds nor loses requests', () => {
    const rolled = world({
      [requests('success')]: counter([60, 10], [60, undefined]),
      [requests('success', { instance: '2' })]: counter([60, undefined], [60, 10]),
    })
    const [total, bad] = valuesAt(
      rolled,
      minutes(110),
      'slo:sli_total:increase1h',
      'slo:sli_bad:increase1h',
    )
    expect(total?.[0]).toBeGreaterThan(585)
    expect(total?.[0]).toBeLessThan(605)
    expect(bad).toEqual([0])
    expect(fired(rolled, minutes(119))).toEqual([])
  })

  test('a counter that begins anew is no outage and no rush', () => {
    const scrapes = `${counter([60, 10])} ${counter([60, 10])}`
    const restarted = world({ [requests('success')]: scrapes })
    const [total, bad] = valuesAt(
      restarted,
      minutes(110),
      'slo:sli_total:increase1h',
      'slo:sli_bad:increase1h',
    )
    expect(total?.[0]).toBeGreaterThan(585)
    expect(total?.[0]).toBeLessThan(605)
    expect(bad).toEqual([0])
  })

  test('a new customer counts from its first request', () => {
    const late = world({
      ...healthy(90),
      [requests('success', { customer: 'fabrikam' })]: counter([60, undefined], [30, 10]),
    })
    const [active, requested] = valuesAt(
      late,
      minutes(80),
      'slo:customers_active:count1h',
      'slo_customer:sli_total:increase1h{customer="fabrikam"}',
    )
    expect(active).toEqual([2])
    expect(requested?.[0]).toBeCloseTo(200, -1)
  })
})

test('an outage of staging alerts there and changes nothing of production', () => {
  const production = { ...healthy(90), ...healthy(90, { customer: 'fabrikam' }) }
  const environment = 'staging'
  const staging = {
    ...broken(60, 30, 0, { environment }),
    ...broken(60, 30, 0, { environment, customer: 'fabrikam' }),
  }
  const both = world({ ...production, ...staging })
  const alerts = firing(both, minutes(80))
  expect(alerts).toHaveLength(4)
  expect(new Set(alerts.map((of) => of['deployment_environment_name']))).toEqual(
    new Set(['staging']),
  )
  const question = [
    ['{__name__=~"slo.*", deployment_environment_name="production"}', minutes(80)],
  ] as const
  const alone = ask(world(production), question)
  expect(alone[0]?.length).toBeGreaterThan(40)
  expect(ask(both, question)).toEqual(alone)
})

test.for([
  ['of all customers pages', ['contoso', 'fabrikam'], [], everyAlert],
  [
    'of one among several is a ticket that names it',
    ['contoso'],
    ['fabrikam', 'tailspin'],
    ['CxCustomerOutage ticket', 'CxErrorBudgetBurn ticket'],
  ],
  [
    'of one beside the rest that has no name is a ticket too',
    ['contoso'],
    ['other'],
    ['CxCustomerOutage ticket', 'CxErrorBudgetBurn ticket'],
  ],
  ['of the only customer pages', ['contoso'], [], everyAlert],
  [
    'where no customer is known pages',
    ['none'],
    [],
    ['CxErrorBudgetBurn page', 'CxErrorBudgetBurn ticket'],
  ],
  [
    'of the rest that has no name pages, since they are several',
    ['other'],
    ['contoso'],
    ['CxErrorBudgetBurn page', 'CxErrorBudgetBurn ticket'],
  ],
] as const)('an outage %s', ([, hit, spared, expected]) => {
  const series = [
    ...hit.map((customer) => broken(60, 30, 0, { customer })),
    ...spared.map((customer) => healthy(90, { customer })),
  ]
  const some = world(Object.assign({}, ...series))
  expect(fired(some, minutes(85))).toEqual(expected)
  const outages = firing(some, minutes(85)).filter(
    ({ alertname }) => alertname === 'CxCustomerOutage',
  )
  const named = hit.filter((customer) => customer !== 'none' && customer !== 'other')
  expect(outages.map(({ customer }) => customer)).toEqual(named)
})

test('successes that came too late are bad, and failures are not their matter', () => {
  const timed = (le: string, outcome: string) =>
    `cx_request_duration_seconds_${le === '' ? 'count{' : `bucket{le="${le}", `}service_name="api", http_request_method="GET", http_route="/read", outcome="${outcome}", customer="none", deployment_environment_name="production"}`
  const indicator = latency({ of: [read], within: milliseconds(300) })
  const slow = world(
    {
      [timed('0.3', 'success')]: counter([60, 10], [30, 5]),
      [timed('', 'success')]: counter([90, 10]),
      [timed('0.3', 'server_error')]: counter([90, 10]),
      [timed('', 'server_error')]: counter([90, 100]),
    },
    { objectives: [available({ indicator, target: percent(99) })] },
  )
  expect(valuesAt(slow, minutes(80), 'slo:sli_error:ratio_rate5m')).toEqual([[0.5]])
  expect(valuesAt(slow, minutes(59), 'slo:sli_error:ratio_rate5m')).toEqual([[0]])
  expect(fired(slow, minutes(85))).toEqual(['CxErrorBudgetBurn page', 'CxErrorBudgetBurn ticket'])
})

test('what browsers tell is never more than a ticket', () => {
  const app = webApp('web', { owner: platform, pages: ['/'] })
  const signup = journey('signup', { app, feature: reading, steps: ['one'] })
  const step = (event: string) =>
    `cx_journey_steps_total{app="web", journey="signup", step="one", event="${event}", service_name="api", deployment_environment_name="production"}`
  const failing = world(
    {
      [step('entered')]: counter([90, 20]),
      [step('completed')]: counter([60, 10], [30, 0]),
      [step('failed')]: counter([60, 0], [30, 10]),
    },
    {
      apps: [app],
      journeys: [signup],
      objectives: [available({ indicator: completion({ of: signup }) })],
    },
  )
  expect(fired(failing, minutes(85))).toEqual(['CxErrorBudgetBurn ticket'])
})
