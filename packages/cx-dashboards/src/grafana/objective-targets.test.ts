import {
  availability,
  catalog,
  days,
  feature,
  httpServerRequestDuration,
  type Indicator,
  latency,
  milliseconds,
  objective,
  operation,
  owner,
  percent,
  seconds,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { buildDashboards } from '../build.ts'
import { defineDashboards } from '../dashboard-set.ts'
import { featureDashboard } from './feature-dashboard.ts'
import { loosestTargets, objectiveTargets } from './objective-targets.ts'

const team = owner('team')
const read = operation('shop', 'GET', '/orders')
const write = operation('shop', 'POST', '/orders')
const orders = feature('orders', { owner: team, operations: [read, write] })

const promise = (indicator: Indicator, target: number) =>
  objective('promised', {
    feature: orders,
    indicator,
    target: percent(target),
    window: days(30),
  })

test('a promise about the same requests in another order is a target, with whose errors it counts', () => {
  const of = [write, read, write]
  const promised = promise(availability({ of, failures: 'all_errors' }), 99.5)
  expect(objectiveTargets([promised], orders.operations)).toEqual({
    failures: 'all_errors',
    targets: { availability: percent(99.5) },
  })
})

test('one about some of the requests, about more, or measured by another metric is none', () => {
  const shop = { service: 'shop' }
  const from = httpServerRequestDuration
  const others = [
    availability({ of: [read] }),
    availability({ of: [shop] }),
    latency({ of: [read], within: seconds(1) }),
    latency({ of: orders.operations, within: seconds(1), from }),
    availability({ of: orders.operations, from }),
  ]
  expect(
    objectiveTargets(
      others.map((each) => promise(each, 99)),
      orders.operations,
    ),
  ).toEqual({ failures: 'server_errors', targets: {} })
})

test('of several, the strictest counts', () => {
  const of = orders.operations
  const within = (value: number) => latency({ of, within: milliseconds(value) })
  const { targets } = objectiveTargets(
    [
      promise(availability({ of }), 99),
      promise(availability({ of }), 99.9),
      promise(within(300), 99),
      promise(within(200), 99.5),
      promise(within(250), 99),
    ],
    of,
  )
  expect(targets).toEqual({
    availability: percent(99.9),
    latency: { p99: milliseconds(200) },
  })
})

test.for([
  [99.9, { p99: seconds(1) }],
  [97, { p95: seconds(1) }],
  [90, undefined],
] as const)(
  '%d %% within a time is a target of the statistic that must then be below it',
  ([target, expected]) => {
    const promised = promise(latency({ of: orders.operations, within: seconds(1) }), target)
    expect(objectiveTargets([promised], orders.operations).targets.latency).toEqual(expected)
  },
)

test('all requests together break a promise for certain below the loosest alone', () => {
  const of = orders.operations
  const promises = [
    promise(availability({ of }), 99.9),
    promise(availability({ of: [read] }), 99),
    promise(availability({ of, failures: 'all_errors' }), 90),
    promise(latency({ of, within: seconds(1) }), 80),
  ]
  expect(loosestTargets(promises)).toEqual({ availability: percent(99) })
  expect(loosestTargets([])).toEqual({})
})

test('it is drawn on the feature’s panels, and judges no single operation', () => {
  const definition = catalog({
    owners: [team],
    features: [orders],
    objectives: [promise(availability({ of: orders.operations }), 99.5)],
  })
  const [built] = buildDashboards(
    defineDashboards({
      catalog: definition,
      folder: { uid: 'cx', title: 'Shop' },
      dashboards: [featureDashboard({ catalog: definition, feature: orders, uid: 'orders' })],
    }),
  )
  const panels = built?.json.panels ?? []
  const text = (type: string, title: string) =>
    JSON.stringify(panels.find((each) => each.type === type && each.title === title))
  expect(text('stat', 'Availability')).toContain('Target: 99.5 %')
  expect(text('timeseries', 'Availability')).toContain('"value":0.995')
  expect(text('table', 'API endpoints')).not.toContain('0.995')
})
