import {
  availability,
  catalog,
  type CatalogOptions,
  completion,
  counter,
  days,
  feature,
  journey,
  latency,
  milliseconds,
  objective,
  operation,
  owner,
  percent,
  seconds,
  service,
  webApp,
} from 'cx-definition'
import { expect, test } from 'vitest'
import { contact } from '../../alertmanager/contact.ts'
import { webhook } from '../../alertmanager/receiver.ts'
import { defineDashboards } from '../../build.ts'
import { readSelectors } from '../../promql/read-selectors.ts'
import { syntheticPlan } from './synthetic-plan.ts'

const team = owner('team')
const web = webApp('shop', { owner: team, pages: ['/'] })
const read = operation('api', 'GET', '/things/:"id"')
const things = feature('things', { owner: team, operations: [read] })
const buying = journey('buying', { feature: things, app: web, steps: ['look', 'pay'] })
const theirs = counter({
  name: 'http_requests_total',
  labels: { service: 'job', environment: 'env', statusCode: 'code' },
})
const hook = webhook({ url: 'http://127.0.0.1:1' })
const base = { feature: things, target: percent(99), window: days(30) }

const setOf = (options: CatalogOptions) =>
  defineDashboards({
    catalog: catalog(options),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      contacts: [contact(team, { page: [hook], ticket: [hook] })],
      environments: ['live'],
      interval: seconds(5),
    },
  })

const set = () =>
  setOf({
    owners: [team],
    features: [things],
    apps: [web],
    journeys: [buying],
    services: [service('api', { owner: team })],
    objectives: [
      objective('up', { ...base, indicator: availability({ of: [read] }) }),
      objective('fast', { ...base, indicator: latency({ of: [read], within: milliseconds(123) }) }),
      objective('done', { ...base, indicator: completion({ of: buying }) }),
      objective('theirs', {
        ...base,
        indicator: availability({ of: [{ service: 'old' }], from: theirs }),
      }),
    ],
  })

test('Every series of the contract or of theirs that a rule asks for is there.', () => {
  const { pastRules, series } = syntheticPlan(set())
  const made = new Set(series.map(({ name }) => name))
  const isAsked = (name: string) => /^(cx_|http_requests)/.test(name)
  const asked = pastRules.flat().flatMap(({ expr }) => readSelectors(expr, isAsked))
  expect(asked.length).toBeGreaterThan(20)
  for (const { matchers, name } of asked) {
    expect(made, name).toContain(name)
    const equal = matchers.filter(({ operator }) => operator === '=')
    const found = series.filter(
      (each) =>
        each.name === name &&
        equal.every(({ label, value }) => each.labels[label] === unescaped(value)),
    )
    expect(found, `${name} ${JSON.stringify(matchers)}`).not.toEqual([])
  }
})

const unescaped = (value: string) => value.replaceAll(/\\(.)/g, '$1')

test('Rules are evaluated each minute, since the past is filled in at that pace.', () => {
  expect(syntheticPlan(set()).rules).toContain('interval: 1m')
  expect(syntheticPlan(set()).rules).not.toContain('interval: 5s')
})

test('All series are of the first environment, and no two are one.', () => {
  const { series } = syntheticPlan(set())
  expect(
    series.every(
      ({ labels }) => labels['env'] === 'live' || labels['deployment_environment_name'] === 'live',
    ),
  ).toBe(true)
  const identities = series.map(({ labels, name }) => JSON.stringify([name, labels]))
  expect(new Set(identities).size).toBe(identities.length)
})

test('Of a large catalog the first operations have data and rules, which is told.', () => {
  const operations = Array.from({ length: 100 }, (_, index) => operation(`s${index}`, 'GET', '/'))
  const many = feature('many', { owner: team, operations })
  const { note, pastRules, series } = syntheticPlan(
    setOf({
      owners: [team],
      features: [many],
      services: [...operations.map((each) => each.service), 'worker'].map((name) =>
        service(name, { owner: team }),
      ),
      objectives: operations.map((each, index) =>
        objective(`o${index}`, { ...base, feature: many, indicator: availability({ of: [each] }) }),
      ),
    }),
  )
  expect(note).toMatch(/^The catalog names 100 operations; the first \d+ have invented data\.$/)
  expect(series.length).toBeLessThan(4000)
  const told = JSON.stringify(pastRules)
  expect(told).toContain('\\"s0\\"')
  expect(told).not.toContain('\\"s99\\"')
  const services = new Set(series.map(({ labels }) => labels['service_name']))
  expect([...services]).toEqual(expect.arrayContaining(['s0', 'worker']))
  expect(services).not.toContain('s99')
})

test('A plan can be sent to another thread.', () => {
  const plan = syntheticPlan(set())
  expect(structuredClone(plan)).toEqual(plan)
})
