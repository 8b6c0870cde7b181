import {
  availability,
  completion,
  feature,
  journey,
  latency,
  milliseconds,
  operation,
  owner,
  seconds,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { equals } from './matcher.ts'
import {
  badEventsIn,
  eventsIn,
  goodRatio,
  labelName,
  quantileDuration,
  successes,
} from './queries.ts'

const read = operation('some-service', 'GET', '/a')
const write = operation('some-service', 'PUT', '/b')
const scope = { dimension: 'customer', matchers: [equals('env', 'test')] }

test('a ratio is good over total, 0 where nothing was good and unknown where nothing happened', () => {
  expect(goodRatio(availability({ of: [{ service: 's' }] }), scope, '5m', ['customer']).text).toBe(
    '(sum by (customer) (rate(cx_requests_total{service_name="s", outcome!="server_error", env="test"}[5m]))' +
      ' or 0 * sum by (customer) (rate(cx_requests_total{service_name="s", env="test"}[5m])))' +
      ' / sum by (customer) (rate(cx_requests_total{service_name="s", env="test"}[5m]))',
  )
})

test('operations are united series by series, never by a product of their labels', () => {
  const { total } = availability({ of: [read, write] })
  expect(eventsIn(total, scope, '1h').text).toBe(
    'sum(increase(cx_requests_total{service_name="some-service", http_request_method="GET", http_route="/a", env="test"}[1h])' +
      ' or increase(cx_requests_total{service_name="some-service", http_request_method="PUT", http_route="/b", env="test"}[1h]))',
  )
})

test('a latency threshold selects its bucket, in the writing of Prometheus 2 and 3', () => {
  const good = (within = milliseconds(300)) =>
    eventsIn(latency({ of: [{}], within }).good, scope, '1h').text
  expect(good()).toBe(
    'sum(increase(cx_request_duration_seconds_bucket{outcome="success", le="0.3", env="test"}[1h]))',
  )
  expect(good(seconds(1))).toContain(String.raw`le=~"1|1\\.0"`)
})

test('the completion of a step is a ratio like any other, of whichever service browsers spoke through', () => {
  const growth = owner('growth')
  const signup = journey('self-signup', {
    feature: feature('signup', { owner: growth }),
    app: webApp('signup-web', { owner: growth, pages: [] }),
    steps: ['account'],
  })
  const step = 'app="signup-web", journey="self-signup", step="account"'
  const total = `sum(rate(cx_journey_steps_total{${step}, event=~"completed|failed", env="test"}[1h]))`
  expect(goodRatio(completion({ of: signup, step: 'account' }), scope, '1h').text).toBe(
    `(sum(rate(cx_journey_steps_total{${step}, event="completed", env="test"}[1h])) or 0 * ${total}) / ${total}`,
  )
})

test('the bad are 0, not unknown, before there was one', () => {
  const { good, total } = availability({ of: [{}] })
  expect(badEventsIn(good, total, scope, '1h').text).toBe(
    'sum(increase(cx_requests_total{outcome!="server_error", env="test"}[1h]))' +
      ' or 0 * sum(increase(cx_requests_total{env="test"}[1h]))',
  )
})

test('a quantile keeps its buckets apart', () => {
  expect(quantileDuration(0.95, successes([{}]), scope, '5m', ['customer']).text).toBe(
    'histogram_quantile(0.95, sum by (le, customer) (rate(cx_request_duration_seconds_bucket{outcome="success", env="test"}[5m])))',
  )
})

test('attributes are called as both transports call them', () => {
  expect(labelName('http.request.method', 'customer')).toBe('http_request_method')
  expect(labelName('cx.dimension', 'availability_zone')).toBe('availability_zone')
})
