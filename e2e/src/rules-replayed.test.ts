import {
  breach,
  days,
  type Duration,
  type Exclusion,
  exclusion,
  hours,
  minutes,
  percent,
  seconds,
} from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { ask, type Found, type World } from './judged-rules.ts'
import {
  available,
  counter,
  expressionOf,
  platform,
  reading,
  requests,
  world,
} from './judged-world.ts'
import { replayed } from './replayed.ts'

/** Six hours with failures before, within and after what is excluded, of three customers; one goes and comes back. */
const history: World['series'] = {
  [requests('success')]: counter([120, 10], [30, 2], [90, 10], [30, 0], [90, 10]),
  [requests('server_error')]: counter([60, 0.1], [60, 0], [30, 8], [90, 0.2], [30, 10], [90, 0.1]),
  [requests('success', { customer: 'fabrikam' })]: counter([210, 4], [40, undefined], [110, 4]),
  [requests('server_error', { customer: 'fabrikam' })]: counter([130, 0], [20, 4], [210, 0]),
  [requests('success', { customer: 'other' })]: counter([360, 1]),
}

const at = (time: string) => `1970-01-01T${time}Z`
const once = (from: string, to: string) =>
  exclusion({ from: at(from), to: at(to), reason: 'maintenance' })
const every = (count: number, from: string, to: string) =>
  exclusion({ from: at(from), to: at(to), every: hours(count), reason: 'maintenance' })

const objective = available({
  breaches: [breach({ below: percent(99), lasting: minutes(15) })],
  window: days(7),
})
const another = available({}, 'another')

// Not three days: promtool takes so many steps for too many. They are counted like one.
const windows = [...[5, 15, 30].map(minutes), ...[1, 2, 6, 24].map(hours)]
const customerWindows = [hours(1), hours(6)]
const inPlaceOf = (exclusions: readonly Exclusion[], evaluated = minutes(1)) =>
  replayed(objective, exclusions, windows, customerWindows, evaluated)

/** What rules would have recorded that know of some exclusions. */
const recording = (exclusions: readonly Exclusion[], evaluated = minutes(1)): World => {
  const objectives = [objective, another]
  const options = { owners: [platform], features: [reading], objectives, exclusions }
  const whole = world(history, options, evaluated)
  const groups = whole.groups
    .filter(({ name }) => name.startsWith('cx-objective-available'))
    .map(({ name, rules }) => ({ name, rules: rules.filter(({ record }) => record) }))
  return { ...whole, groups }
}

const pace = 'slo:sli_total:events_in_window'

type Pair = readonly [recorded: string, replayed: string]

/** Where two queries find something else, of some that should find the same. */
const differences = (
  of: World,
  pairs: readonly Pair[],
  moments: readonly number[],
): readonly string[] => {
  const asked = pairs.flatMap((pair) =>
    moments.map((moment) => ({ pair, moment: minutes(moment) })),
  )
  const found = ask(
    of,
    asked.flatMap(({ moment, pair }) => pair.map((query) => [query, moment] as const)),
  )
  return asked.flatMap(({ moment, pair: [recorded] }, index) => {
    const [one, other] = [found[2 * index], found[2 * index + 1]].map(byCustomer)
    const customers = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])
    return [...customers]
      .filter((customer) => !isSame(recorded, one?.get(customer), other?.get(customer)))
      .map(
        (customer) =>
          `${recorded} of ${customer} after ${moment.seconds / 60} minutes: recorded ${one?.get(customer)}, replayed ${other?.get(customer)}`,
      )
  })
}

const byCustomer = (found: readonly Found[] = []): ReadonlyMap<string, number> =>
  new Map(found.map(({ labels, value }) => [labels['customer'] ?? 'all', value]))

const isSame = (recorded: string, one: number | undefined, other: number | undefined): boolean => {
  if (one === undefined || other === undefined) return one === other
  // The pace is a mean, of steps of two minutes here and of five there; the first ones count little, and weigh in these hours.
  const tolerated = recorded.startsWith(pace) ? 0.05 : 1e-6
  return Math.abs(one - other) <= tolerated * Math.max(1, one)
}

describe.for<readonly [string, readonly Exclusion[], Duration?]>([
  ['nothing is excluded', []],
  ['nothing is excluded and rules are evaluated each half minute', [], seconds(30)],
  ['half an hour is excluded', [once('02:00:00', '02:30:00')], seconds(30)],
  ['a time on no minute is excluded', [once('02:01:17', '02:33:43')]],
  ['times that overlap are excluded', [once('02:10:00', '02:30:00'), once('02:20:00', '02:47:00')]],
  ['what comes every two hours is excluded', [every(2, '02:00:00', '02:30:00')]],
  ['what comes every hour is excluded', [every(1, '01:40:00', '01:55:00')]],
  [
    'what comes again and what came once are excluded',
    [every(3, '01:01:17', '01:23:00'), once('03:50:00', '04:32:00')],
  ],
  [
    'a time of another objective is excluded',
    [{ ...once('02:00:00', '02:30:00'), objectives: [another] }],
  ],
])('where %s', ([, exclusions, evaluated]) => {
  test('a backtest counts what the rules record', () => {
    const pairs = [...inPlaceOf(exclusions, evaluated)].map(([record, query]): Pair => [
      `${record}{objective="available"}`,
      query,
    ])
    const moments = [100, 121, 135, 155, 156, 180, 214, 245, 278, 330]
    expect(differences(recording(exclusions, evaluated), pairs, moments)).toEqual([])
  })
})

test('a backtest counts what rules do that were told of an incident later', () => {
  const exclusions = [once('02:00:00', '02:30:00')]
  const changed = recording(exclusions)
  // The sums of all customers read what was recorded with the rules as they are now.
  const summed = [...inPlaceOf(exclusions)].filter(([record]) =>
    /^slo:sli_(total|bad):increase(15m|30m|2h|6h|1d)$|^slo_customer:/.test(record),
  )
  expect(summed.length).toBe(14)
  const pairs = summed.map(([record, query]): Pair => [expressionOf(changed, record), query])
  const moments = [121, 140, 151, 155, 156, 160, 180, 214, 245, 330]
  expect(differences(recording([]), pairs, moments)).toEqual([])
})
