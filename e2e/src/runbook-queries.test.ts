import { buildArtifacts, contact, webhook } from 'cx-dashboards'
import { catalog, hours, minutes, service, webApp } from 'cx-definition'
import { expect, test } from 'vitest'
import { ask, rulesOf } from './judged-rules.ts'
import { available, counter, platform, read, reading, requests } from './judged-world.ts'

// The queries of the runbooks, as a person pastes them, asked of Prometheus' own engine.
const shop = webApp('shop', { owner: platform, pages: ['/'] })
const defined = {
  owners: [platform],
  features: [reading],
  apps: [shop],
  objectives: [available()],
  services: [service(read.service, { owner: platform })],
}

const somebody = [webhook({ url: 'http://127.0.0.1:9' })]
const pages = new Map(
  buildArtifacts({
    catalog: catalog(defined),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      contacts: [contact(platform, { page: somebody, ticket: somebody })],
      environments: ['production'],
    },
  }).map(({ content, path }) => [path, content]),
)

/** The query below a question. */
const queryOf = (page: string, question: string): string => {
  const text = pages.get(`runbooks/${page}.md`) ?? ''
  const [, query] =
    /```promql\n +(.*)\n/.exec(text.slice(Math.max(0, text.indexOf(`**${question}**`)))) ?? []
  if (query === undefined) throw new Error(`${page} has no query for ${question}`)
  return query
}

const build = (version: string, environment = 'production') =>
  `cx_build_info{service_name="api", deployment_environment_name="${environment}", version="${version}", commit="c${version}"}`
const errors = (owner: string) =>
  `{app="shop", owner="${owner}", feature="none", source="error", deployment_environment_name="production"}`

// An hour in which nobody failed, then one in which one customer always does and the other half of the time.
const half = counter([60, 0], [60, 5])
const world = {
  groups: rulesOf(defined, minutes(1)),
  scraped: minutes(0.5),
  evaluated: minutes(1),
  series: {
    [requests('success')]: counter([60, 10], [60, 5]),
    [requests('server_error')]: half,
    [requests('server_error', { customer: 'fabrikam' })]: counter([60, 0], [60, 10]),
    [requests('server_error', { environment: 'staging' })]: half,
    [build('1')]: '1x120 _x120',
    [build('2')]: '_x119 1x120',
    [build('3', 'staging')]: '1x240',
    [`cx_sessions_total{app="shop", deployment_environment_name="production"}`]: counter([120, 10]),
    [`cx_error_sessions_total${errors('platform')}`]: counter([120, 1]),
    [`cx_errors_total${errors('platform')}`]: counter([120, 3]),
    [`cx_errors_total${errors('unowned')}`]: counter([120, 2]),
  },
}

const questions = [
  ['available-burn', 'Is it still so, and since when?'],
  ['available-burn', 'Which customers are hit?'],
  ['available-burn', 'What fails?'],
  ['available-burn', 'What was deployed?'],
  ['available-burn', 'What else fires?'],
  ['available-burn', 'How much budget is left?'],
  ['service-silent', 'When was it last heard?'],
  ['browser-errors', 'Whose errors hit shop?'],
  ['browser-errors', 'Where do they come from?'],
] as const

const answers = ask(
  world,
  questions.map(([page, question]) => [queryOf(page, question), hours(2)] as const),
)
const answerTo = (question: (typeof questions)[number][1]) =>
  answers[questions.findIndex(([, each]) => each === question)] ?? []
const rounded = (value: number) => Math.round(value * 100) / 100

test('the share of bad events is that of the environment that pages', () => {
  const found = answerTo('Is it still so, and since when?')
  expect(found.map(({ value }) => rounded(value))).toEqual([0.75])
})

test('customers are told with what went wrong for each', () => {
  const found = answerTo('Which customers are hit?')
  const bad = found.map(({ labels, value }) => [labels['customer'], Math.round(value)])
  expect(Object.fromEntries(bad)).toEqual({ contoso: 300, fabrikam: 600 })
})

test('what fails is told by operation and outcome, and what went well is not', () => {
  const found = answerTo('What fails?')
  expect(found.map(({ labels, value }) => [labels['outcome'], Math.round(value)])).toEqual([
    ['server_error', 900],
  ])
  expect(found[0]?.labels).toMatchObject({ http_route: '/read', service_name: 'api' })
  expect(found[0]?.labels).not.toHaveProperty('customer')
})

test('deployments are told by their age in hours', () => {
  const ages = answerTo('What was deployed?').map(({ labels, value }) => [labels['version'], value])
  expect(Object.fromEntries(ages)).toEqual({ 1: 2, 2: 1 })
})

test('what else fires is told', () => {
  const names = answerTo('What else fires?').map(({ labels }) => labels['alertname'])
  expect(new Set(names)).toEqual(
    new Set(['CxErrorBudgetBurn', 'CxCustomerOutage', 'CxBrowserErrors']),
  )
})

test('a budget that is overspent is below 0', () => {
  expect(answerTo('How much budget is left?').map(({ value }) => value < 0)).toEqual([true])
})

test('a version that is gone was heard an hour ago', () => {
  const heard = answerTo('When was it last heard?').map(({ labels, value }) => [
    labels['version'],
    value,
  ])
  expect(Object.fromEntries(heard)).toEqual({ 1: 60, 2: 0.5 })
})

test('errors in browsers are told by the sessions that they hit, and by source', () => {
  const [hit] = answerTo('Whose errors hit shop?')
  expect([hit?.labels['owner'], rounded(hit?.value ?? 0)]).toEqual(['platform', 0.1])
  const sources = answerTo('Where do they come from?')
  expect(sources.map(({ labels, value }) => [labels['owner'], Math.round(value)])).toEqual([
    ['platform', 180],
    ['unowned', 120],
  ])
  expect(sources[0]?.labels).toMatchObject({ app: 'shop', feature: 'none', source: 'error' })
})
