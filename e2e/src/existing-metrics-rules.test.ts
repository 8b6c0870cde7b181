import {
  always,
  availability,
  counter,
  days,
  feature,
  histogram,
  httpServerRequestDuration,
  latency,
  milliseconds,
  objective,
  owner,
  percent,
  perHour,
  ratio,
  seconds,
  minutes,
} from 'cx-definition'
import { beforeAll, expect, test } from 'vitest'
import { ask, type Found, rulesOf } from './judged-rules.ts'

const platform = owner('platform')
const invoicing = feature('invoicing', { owner: platform })
const common = {
  feature: invoicing,
  target: percent(99),
  window: days(30),
  traffic: perHour(600),
} as const

const of = [{ service: 'billing' }]
const { labels } = httpServerRequestDuration
const named = (name: string, more: Partial<typeof labels>) =>
  histogram({ ...httpServerRequestDuration, name, labels: { ...labels, service: 'job', ...more } })
const renamed = named('renamed_seconds', { environment: 'env', dimension: 'tenant' })
// What PromQL, YAML or a template could take for their own.
const hostile = 'pro"d $1 {{ . }}'
const constant = named('constant_seconds', { environment: always(hostile) })
const [sent, lost] = [counter({ name: 'sent_total' }), counter({ name: 'lost_total' })]
const description = 'invoices sent'

const objectives = [
  objective('conventional', {
    ...common,
    indicator: availability({ of, from: httpServerRequestDuration }),
  }),
  objective('renamed', {
    ...common,
    indicator: latency({ of, within: milliseconds(250), from: renamed }),
  }),
  objective('constant', { ...common, indicator: availability({ of, from: constant }) }),
  objective('good-and-bad', {
    ...common,
    indicator: ratio({ description, good: { from: sent }, bad: { from: lost } }),
  }),
  objective('bad-and-total', {
    ...common,
    indicator: ratio({ description, bad: { from: lost }, total: { from: sent } }),
  }),
]

const environment = 'deployment_environment_name="production"'
const conventional = `service_name="billing",${environment}`
/** How many events each series counts every 30 seconds. */
const pace = {
  [`http_server_request_duration_seconds_count{${conventional},http_response_status_code="200"}`]: 6,
  [`http_server_request_duration_seconds_count{${conventional},http_response_status_code="404"}`]: 3,
  [`http_server_request_duration_seconds_count{${conventional},http_response_status_code="503"}`]: 1,
  'renamed_seconds_count{job="billing",env="production",tenant="a",http_response_status_code="204"}': 10,
  'renamed_seconds_bucket{job="billing",env="production",tenant="a",http_response_status_code="204",le="0.25"}': 7,
  'renamed_seconds_count{job="billing",env="production",tenant="b",http_response_status_code="204"}': 10,
  'renamed_seconds_bucket{job="billing",env="production",tenant="b",http_response_status_code="204",le="0.25"}': 8,
  'renamed_seconds_count{job="billing",env="production",tenant="b",http_response_status_code="500"}': 10,
  'constant_seconds_count{job="billing",http_response_status_code="200"}': 9,
  'constant_seconds_count{job="billing",http_response_status_code="503"}': 1,
  [`sent_total{${environment}}`]: 9,
  [`lost_total{${environment}}`]: 1,
}

const questions = [
  'slo:sli_total:increase5m',
  'slo:sli_bad:increase5m',
  'slo_customer:sli_bad:increase5m',
  'ALERTS{alertname="CxErrorBudgetBurn",severity="page",alertstate="firing"}',
] as const
const answers = new Map<string, readonly Found[]>()

beforeAll(() => {
  const series = Object.entries(pace).map(([name, each]) => [name, `0+${each}x240`] as const)
  const world = {
    groups: rulesOf({ owners: [platform], features: [invoicing], objectives }),
    series: Object.fromEntries(series),
    scraped: seconds(30),
    evaluated: seconds(30),
  }
  const found = ask(
    world,
    questions.map((query) => [query, minutes(90)] as const),
  )
  for (const [index, query] of questions.entries()) answers.set(query, found[index] ?? [])
})

/** Values of an answer, by objective and environment. */
const byObjective = (query: (typeof questions)[number]) =>
  Object.fromEntries(
    (answers.get(query) ?? []).map(({ labels: found, value }) => [
      `${found.objective} ${found.deployment_environment_name}`,
      value,
    ]),
  )

test('events in five minutes are counted, whatever a metric is called and calls its labels', () => {
  expect(byObjective('slo:sli_total:increase5m')).toEqual({
    'conventional production': 100,
    'renamed production': 200,
    [`constant ${hostile}`]: 100,
    'good-and-bad production': 100,
    'bad-and-total production': 90,
  })
  expect(byObjective('slo:sli_bad:increase5m')).toEqual({
    'conventional production': 10,
    'renamed production': 50,
    [`constant ${hostile}`]: 10,
    'good-and-bad production': 10,
    'bad-and-total production': 10,
  })
})

test('customers are counted where a label tells them, under the name of the dimension', () => {
  const found = answers.get('slo_customer:sli_bad:increase5m') ?? []
  expect(
    found.map(({ labels: { customer, objective: name }, value }) => [name, customer, value]),
  ).toEqual([
    ['renamed', 'a', 30],
    ['renamed', 'b', 20],
  ])
})

test('the page fires for those with a label for the environment, and for the one without', () => {
  expect(Object.keys(byObjective(questions[3])).toSorted()).toEqual(
    Object.keys(byObjective('slo:sli_total:increase5m')).toSorted(),
  )
})
