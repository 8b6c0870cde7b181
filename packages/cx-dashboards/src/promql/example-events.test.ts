import {
  always,
  availability,
  counter,
  histogram,
  httpServerRequestDuration,
  type Indicator,
  latency,
  milliseconds,
  operation,
  ratio,
  seconds,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { exampleEvents, heartbeat } from './example-events.ts'

const of = [operation('shop', 'GET', '/orders'), operation('shop', 'PUT', '/orders')]
const get = { service_name: 'shop', http_request_method: 'GET', http_route: '/orders' }

/** Names and labels of what the events of the first operation move. */
const moved = (indicator: Indicator) => {
  const [events] = exampleEvents(indicator, 'customer')
  return {
    good: events?.good.map(({ labels, name }) => ({ name, ...labels })),
    bad: events?.bad.map(({ labels, name }) => ({ name, ...labels })),
  }
}

test('a request that is well has another outcome than one that failed', () => {
  expect(moved(availability({ of }))).toEqual({
    good: [{ name: 'cx_requests_total', ...get, outcome: 'success' }],
    bad: [{ name: 'cx_requests_total', ...get, outcome: 'server_error' }],
  })
})

test('a request in time moves its bucket as well, one too late the count alone', () => {
  const count = { name: 'cx_request_duration_seconds_count', ...get, outcome: 'success' }
  expect(moved(latency({ of, within: milliseconds(200) }))).toEqual({
    good: [count, { ...count, name: 'cx_request_duration_seconds_bucket', le: '0.2' }],
    bad: [count],
  })
})

test('each operation has its own', () => {
  const methods = exampleEvents(availability({ of }), 'customer').map(({ bad }) =>
    bad.map(({ labels }) => labels['http_request_method']),
  )
  expect(methods).toEqual([['GET'], ['PUT']])
})

test('status codes are found by how they begin', () => {
  const indicator = availability({ of, from: httpServerRequestDuration })
  const name = 'http_server_request_duration_seconds_count'
  expect(moved(indicator)).toEqual({
    good: [{ name, ...get, http_response_status_code: '200' }],
    bad: [{ name, ...get, http_response_status_code: '500' }],
  })
})

const [all, some] = [counter({ name: 'all_total' }), counter({ name: 'some_total' })]

test.each([
  ['good and bad', { good: { from: all }, bad: { from: some } }, ['all_total'], ['some_total']],
  [
    'good and total',
    { good: { from: some }, total: { from: all } },
    ['all_total', 'some_total'],
    ['all_total'],
  ],
  [
    'bad and total',
    { bad: { from: some }, total: { from: all } },
    ['all_total'],
    ['all_total', 'some_total'],
  ],
] as const)('metrics of %s move as events of each kind do', (_, counts, good, bad) => {
  const names = moved(ratio({ description: 'messages', ...counts }))
  expect(names).toEqual({
    good: good.map((name) => ({ name })),
    bad: bad.map((name) => ({ name })),
  })
})

test('a metric of a single environment and another name for customers say so', () => {
  const from = histogram({
    name: 'call_seconds',
    bounds: [1],
    labels: { environment: always('production'), dimension: 'tenant' },
  })
  const [events] = exampleEvents(latency({ of: [{}], within: seconds(1), from }), 'customer')
  expect(events?.bad).toEqual([
    {
      name: 'call_seconds_count',
      labels: {},
      environment: { always: 'production' },
      customer: 'tenant',
    },
  ])
})

test('a heartbeat is one service’s in one environment', () => {
  expect(heartbeat('a"b', 'production').text).toBe(
    String.raw`cx_build_info{service_name="a\"b", deployment_environment_name="production"}`,
  )
})
