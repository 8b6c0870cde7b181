import { parser } from '@prometheus-io/lezer-promql'
import {
  always,
  availability,
  counter,
  type ExternalInstrument,
  histogram,
  httpServerRequestDuration,
  type Indicator,
  latency,
  milliseconds,
  operation,
  ratio,
  seconds,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { environmentChoices } from './environments.ts'
import { anyOf, equals, equalsVariable, type Matcher, noneOf } from './matcher.ts'
import { eventsIn, goodRatio, labels } from './queries.ts'

const of = [operation('billing', 'GET', 'api/invoices/{id}')]
const request = 'service_name="billing", http_request_method="GET", http_route="api/invoices/{id}"'
const scopeOf = (...matchers: readonly Matcher[]) => ({ dimension: 'customer', matchers })
const byEnvironment = [labels.environment]
const byCustomer = [labels.environment, 'customer']

/** Of the semantic conventions' histogram, with other labels. */
const relabelled = (more: Partial<ExternalInstrument['labels']>) =>
  histogram({
    ...httpServerRequestDuration,
    labels: { ...httpServerRequestDuration.labels, ...more },
  })

const total = (from: ExternalInstrument, by = byEnvironment, ...matchers: readonly Matcher[]) =>
  eventsIn(availability({ of: [{}], from }).total, scopeOf(...matchers), '5m', by).text

test('a histogram is counted by _count, and failures by the first digit of the status code', () => {
  const { good } = availability({ of, from: httpServerRequestDuration })
  expect(eventsIn(good, scopeOf(), '5m', byEnvironment).text).toBe(
    `sum by (deployment_environment_name) (increase(http_server_request_duration_seconds_count{${request}, http_response_status_code!~"5.*"}[5m]))`,
  )
})

test('a latency threshold is one of its own buckets, of the successes', () => {
  const { good } = latency({ of, within: seconds(1), from: httpServerRequestDuration })
  expect(eventsIn(good, scopeOf(), '5m').text).toBe(
    String.raw`sum(increase(http_server_request_duration_seconds_bucket{${request}, http_response_status_code=~"1.*|2.*|3.*", le=~"1|1\\.0"}[5m]))`,
  )
})

test('labels of another name are chosen by as the metric has them, and come out as ours', () => {
  const from = relabelled({ service: 'job', environment: 'env', dimension: 'tenant' })
  const { text } = eventsIn(
    availability({ of: [{ service: 'billing' }], from }).total,
    scopeOf(equals(labels.environment, 'production'), noneOf('customer', ['none', 'other'])),
    '5m',
    byCustomer,
  )
  const inner =
    'sum by (env, tenant) (increase(http_server_request_duration_seconds_count{job="billing", env="production", tenant!~"none|other"}[5m]))'
  const environment = String.raw`label_replace(${inner}, "deployment_environment_name", "\x241", "env", "(.*)")`
  expect(text).toBe(
    String.raw`sum by (deployment_environment_name, customer) (label_replace(${environment}, "customer", "\x241", "tenant", "(.*)"))`,
  )
})

test('a label that gives its value to one of ours is read before it is written', () => {
  const from = relabelled({ environment: 'customer', dimension: 'tenant' })
  const text = total(from, ['customer', labels.environment])
  expect(text.indexOf('"customer", "(.*)"')).toBeLessThan(text.indexOf('"tenant", "(.*)"'))
})

test('a label that a metric lacks is not grouped by', () => {
  expect(total(httpServerRequestDuration, byCustomer)).toBe(
    'sum by (deployment_environment_name) (increase(http_server_request_duration_seconds_count[5m]))',
  )
})

test('a customer is not found in a metric that tells no customers, rather than found in all of it', () => {
  expect(total(httpServerRequestDuration, [], equals('customer', 'contoso'))).toBe(
    'sum(increase(http_server_request_duration_seconds_count{customer="contoso"}[5m]))',
  )
})

test('an environment that no label tells is put in', () => {
  expect(total(relabelled({ environment: always('production') }))).toBe(
    'sum by (deployment_environment_name) (label_replace(sum(increase(http_server_request_duration_seconds_count[5m])), "deployment_environment_name", "production", "", ""))',
  )
})

test('an environment that no label tells is compared all the same: at once, or when Grafana knows the variable', () => {
  const from = relabelled({ environment: always('production') })
  const narrowed = (matcher: Matcher) => total(from, [], matcher)
  const { environment } = labels
  const all = 'sum(increase(http_server_request_duration_seconds_count[5m]))'
  const none =
    'sum(increase(http_server_request_duration_seconds_count{deployment_environment_name="production"}[5m]))'
  expect(narrowed(equals(environment, 'production'))).toBe(all)
  expect(narrowed(equals(environment, 'staging'))).toBe(none)
  expect(narrowed(anyOf(environment, ['staging', 'production']))).toBe(all)
  expect(narrowed(noneOf(environment, ['staging', 'test']))).toBe(all)
  expect(narrowed(noneOf(environment, ['production']))).toBe(none)
  expect(narrowed(equalsVariable(environment, 'environment'))).toBe(
    `sum(label_replace(${all}, "deployment_environment_name", "production", "", "") and on (deployment_environment_name) label_replace(vector(1), "deployment_environment_name", "$environment", "", ""))`,
  )
})

const sent = counter({ name: 'sent_total' })
const lost = counter({ name: 'lost_total' })

test('where the bad are counted, the good are what is left', () => {
  const { good } = ratio({ description: '', bad: { from: lost }, total: { from: sent } })
  expect(eventsIn(good, scopeOf(), '5m').text).toBe(
    'clamp_min(sum(increase(sent_total[5m])) - (sum(increase(lost_total[5m])) or 0 * sum(increase(sent_total[5m]))), 0)',
  )
})

test('where good and bad are counted, the total is both, though one has no series yet', () => {
  const all = ratio({ description: '', good: { from: sent }, bad: { from: lost } }).total
  const [good, bad] = ['sum(increase(sent_total[5m]))', 'sum(increase(lost_total[5m]))']
  expect(eventsIn(all, scopeOf(), '5m').text).toBe(
    `(${good} or 0 * ${bad}) + (${bad} or 0 * ${good})`,
  )
})

test('the choice of environments asks every metric, each in its own words', () => {
  const own = 'sum by (deployment_environment_name) (cx_requests_total)'
  expect(environmentChoices([], 'customer')).toEqual({
    query: 'label_values(cx_requests_total, deployment_environment_name)',
  })
  const { query, regex } = environmentChoices([relabelled({ environment: 'env' })], 'customer')
  expect(query).toBe(
    String.raw`query_result(${own} or sum by (deployment_environment_name) (label_replace(sum by (env) (http_server_request_duration_seconds_count), "deployment_environment_name", "\x241", "env", "(.*)")))`,
  )
  expect(regex).toBe('/deployment_environment_name="([^"]*)"/')
})

/** Prometheus' own grammar: where it could not make sense of a text. */
const errorsIn = (text: string): number[] => {
  const errors: number[] = []
  parser.parse(text).iterate({
    enter: ({ from, type }) => {
      if (type.isError) errors.push(from)
    },
  })
  return errors
}

test('whatever values and labels a metric is chosen by, Prometheus parses it and Grafana finds no variable in it', () => {
  const text = fc.string({ unit: 'binary' })
  const texts = fc.array(text, { minLength: 1, maxLength: 3 })
  const label = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/)
  const instrument = fc
    .record({ name: label, environment: fc.oneof(label, text.map(always)), dimension: label })
    .map(({ name, ...more }) => counter({ name, labels: more }))
  const matches = fc.record({ anyOf: texts, startsWithAnyOf: texts, startsWithNoneOf: texts })
  const indicator = fc
    .record({ from: instrument, bad: instrument, service: text, label, match: matches })
    .map(({ bad, from, label: chosen, match, service }): readonly Indicator[] => {
      const good = { from, of: [{ service }], where: [{ label: chosen, ...match }] }
      return [
        ratio({ description: '', good, bad: { from: bad } }),
        ratio({ description: '', bad: good, total: { from: bad } }),
      ]
    })
  fc.assert(
    fc.property(indicator, text, (indicators, value) => {
      const scope = scopeOf(equals(labels.environment, value), equals('customer', value))
      for (const each of indicators) {
        const composed = goodRatio(each, scope, '5m', byCustomer).text
        expect(errorsIn(composed)).toEqual([])
        expect(composed).not.toMatch(/\$|\[\[/)
      }
    }),
    { numRuns: 60 },
  )
})

test('a threshold below a second is written as its bucket is', () => {
  const { good } = latency({
    of: [{}],
    within: milliseconds(250),
    from: httpServerRequestDuration,
  })
  expect(eventsIn(good, scopeOf(), '5m').text).toContain('le="0.25"')
})
