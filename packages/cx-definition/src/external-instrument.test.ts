import { expect, test } from 'vitest'
import { catalog } from './catalog.ts'
import { days, milliseconds } from './duration.ts'
import { counter, histogram, httpServerRequestDuration } from './external-instrument.ts'
import { feature } from './feature.ts'
import { availability, isForgeable, latency } from './indicator.ts'
import { conventionalBounds } from './instrument.ts'
import { always } from './instrument-labels.ts'
import { objective } from './objective.ts'
import { operation } from './operation.ts'
import { owner } from './owner.ts'
import { percent } from './percent.ts'
import { ratio } from './ratio.ts'

const of = [operation('billing', 'GET', 'api/invoices/{id}')]

test('a metric has the labels of its resource unless told otherwise, and only the attributes that it has labels for', () => {
  expect(counter({ name: 'a_total' })).toEqual({
    name: 'a_total',
    kind: 'counter',
    unit: '',
    description: '',
    labels: { service: 'service_name', environment: 'deployment_environment_name' },
    attributes: [],
  })
  const labels = { service: 'job', environment: always('production'), dimension: 'tenant' }
  expect(histogram({ name: 'a_seconds', bounds: [1], labels, toldBy: 'browsers' })).toMatchObject({
    kind: 'histogram',
    unit: 's',
    labels,
    attributes: ['cx.dimension'],
    toldBy: 'browsers',
  })
})

test("the semantic conventions' histogram can be had with other labels", () => {
  const { labels } = httpServerRequestDuration
  const renamed = histogram({ ...httpServerRequestDuration, labels: { ...labels, service: 'job' } })
  expect(renamed).toEqual({ ...httpServerRequestDuration, labels: { ...labels, service: 'job' } })
})

test('its availability is told by the first digit of the status code', () => {
  const { good, total } = availability({ of, from: httpServerRequestDuration })
  expect(total).toEqual({ instrument: httpServerRequestDuration, operations: of, where: [] })
  const attribute = 'http.response.status_code'
  expect(good).toEqual({ ...total, where: [{ attribute, startsWithNoneOf: ['5'] }] })
  expect(
    availability({ of, from: httpServerRequestDuration, failures: 'all_errors' }).good.where,
  ).toEqual([{ attribute, startsWithNoneOf: ['4', '5'] }])
})

test('its latency looks at successes alone, where a label tells them', () => {
  const within = milliseconds(250)
  const { good, total } = latency({ of, within, from: httpServerRequestDuration })
  expect(total.where).toEqual([
    { attribute: 'http.response.status_code', startsWithAnyOf: ['1', '2', '3'] },
  ])
  expect(good).toEqual({ ...total, within })
  const queries = histogram({ name: 'query_seconds', bounds: [0.25] })
  const all = latency({ of: [{}], within, from: queries })
  expect([all.description, all.total.where]).toEqual(['requests answered in time', []])
})

const sent = counter({ name: 'sent_total' })
const lost = counter({ name: 'lost_total', toldBy: 'browsers' })

test('a ratio takes any two of good, bad and total', () => {
  const description = 'messages delivered'
  const total = { instrument: sent, operations: [{}], where: [] }
  const bad = { instrument: lost, operations: [{}], where: [] }
  expect(ratio({ description, bad: { from: lost }, total: { from: sent } })).toEqual({
    description,
    good: { ...total, less: bad },
    total,
  })
  expect(ratio({ description, good: { from: sent }, bad: { from: lost } })).toEqual({
    description,
    good: total,
    total: { ...total, plus: bad },
  })
  const where = [{ label: 'code', anyOf: ['OK'] }]
  expect(
    ratio({ description, good: { from: sent, where }, total: { from: sent } }).good.where,
  ).toEqual([{ attribute: 'code', anyOf: ['OK'] }])
})

test('a ratio is forgeable as soon as browsers tell a part of it', () => {
  const lossOf = (from: typeof sent) =>
    ratio({ description: 'any', bad: { from }, total: { from: sent } })
  expect([isForgeable(lossOf(sent)), isForgeable(lossOf(lost))]).toEqual([false, true])
})

test("a catalog takes it as it is: the contract's bounds stay, and its labels mean what its team says", () => {
  const platform = owner('platform')
  const invoices = feature('invoices', { owner: platform })
  const common = { feature: invoices, target: percent(99), window: days(30) } as const
  const timed = histogram({ name: 'timed_seconds', bounds: [0.123] })
  const where = [{ label: 'journey', anyOf: ['by train'] }]
  const { durationBounds } = catalog({
    owners: [platform],
    features: [invoices],
    objectives: [
      objective('in-time', {
        ...common,
        indicator: latency({ of: [{}], within: milliseconds(123), from: timed }),
      }),
      objective('sent', {
        ...common,
        indicator: ratio({
          description: 'any',
          bad: { from: lost, where },
          total: { from: sent, where },
        }),
      }),
    ],
  })
  expect(durationBounds).toEqual(conventionalBounds)
})
