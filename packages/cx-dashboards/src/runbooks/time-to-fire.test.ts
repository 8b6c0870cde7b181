import {
  availability,
  days,
  feature,
  objective,
  type ObjectiveWindow,
  operation,
  owner,
  percent,
  perHour,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { spokenMinutes } from './spoken.ts'
import { minutesToFire } from './time-to-fire.ts'

const read = operation('api', 'GET', '/documents')
const documents = feature('documents', { owner: owner('platform'), operations: [read] })

const promise = (target: number, traffic?: number, window: ObjectiveWindow = days(30)) =>
  objective('documents-availability', {
    feature: documents,
    indicator: availability({ of: [read] }),
    target: percent(target),
    window,
    ...(traffic !== undefined && { traffic: perHour(traffic) }),
  })

test('plenty of traffic pages soon after the long window holds as many failures as its line', () => {
  // 14.4 % of an hour, and 6 % of six.
  expect(minutesToFire(promise(99, 36_000), 'page', 1)).toBe(9)
  expect(minutesToFire(promise(99.9, 36_000), 'page', 1)).toBe(1)
  expect(minutesToFire(promise(99, 36_000), 'page', 0.2)).toBe(45)
})

test('little traffic waits for evidence', () => {
  // A full outage at 99 % and 60 an hour takes the plain rule 9 minutes, and this one 17.
  expect(minutesToFire(promise(99, 60), 'page', 1)).toBe(17)
  expect(minutesToFire(promise(99.9, 60), 'page', 1)).toBe(5)
  expect(minutesToFire(promise(99.9, 10), 'page', 1)).toBeGreaterThan(10)
})

test('a ticket counts failures against the budget, however few there are', () => {
  // 6 % of six hours.
  expect(minutesToFire(promise(99, 60), 'ticket', 1)).toBe(22)
})

test('what burns no faster than the budget lasts never fires', () => {
  expect(minutesToFire(promise(99, 600), 'page', 0.01)).toBeUndefined()
  expect(minutesToFire(promise(99, 600), 'ticket', 0.005)).toBeUndefined()
  // 6 times 16 % is more than an outage can be sure to have.
  expect(minutesToFire(promise(84, 600), 'page', 1)).toBeUndefined()
})

test('without a declared traffic, 60 an hour are supposed', () => {
  expect(minutesToFire(promise(99), 'page', 1)).toBe(minutesToFire(promise(99, 60), 'page', 1))
})

test('long times are told in hours and days', () => {
  expect([undefined, 1, 119, 318, 4000].map(spokenMinutes)).toEqual([
    'never',
    '1 minute',
    '119 minutes',
    '5.3 hours',
    '2.8 days',
  ])
})
