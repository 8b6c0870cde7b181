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
import { type DashboardSet, defineDashboards } from '../../dashboard-set.ts'
import { readSelectors } from '../../promql/read-selectors.ts'
import type { PartKey } from './part-keys.ts'
import { type SyntheticPart, syntheticParts } from './synthetic-parts.ts'

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

/** The parts of a catalog that are there at the start, or those that something needs. */
const partsOf = (
  of: DashboardSet,
  first: PartKey = { kind: 'start' },
): readonly SyntheticPart[] => {
  const partOf = syntheticParts(of)
  const found = new Map<string, SyntheticPart>()
  const take = (key: PartKey): void => {
    const part = partOf(key)
    if (!part || found.has(JSON.stringify(key))) return
    found.set(JSON.stringify(key), part)
    part.needs.forEach(take)
  }
  take(first)
  return [...found.values()]
}

const seriesOf = (parts: readonly SyntheticPart[]) => parts.flatMap(({ series }) => series)
const rulesOf = (parts: readonly SyntheticPart[]) =>
  parts.flatMap(({ rules }) => rules.flatMap(({ groups }) => groups))

test('Every series of the contract or of theirs that a rule asks for is there.', () => {
  const parts = partsOf(set())
  const series = seriesOf(parts)
  const made = new Set(series.map(({ name }) => name))
  const isAsked = (name: string) => /^(cx_|http_requests)/.test(name)
  const asked = rulesOf(parts)
    .flatMap(({ rules }) => rules)
    .flatMap(({ expr }) => readSelectors(expr, isAsked))
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
  const intervals = new Set(rulesOf(partsOf(set())).map(({ interval }) => interval))
  expect(intervals).toContain('1m')
  expect(intervals).not.toContain('5s')
})

test('All series are of the first environment, and no two are one.', () => {
  const series = seriesOf(partsOf(set()))
  expect(
    series.every(
      ({ labels }) => labels['env'] === 'live' || labels['deployment_environment_name'] === 'live',
    ),
  ).toBe(true)
  const identities = series.map(({ labels, name }) => JSON.stringify([name, labels]))
  expect(new Set(identities).size).toBe(identities.length)
})

test('Of a large catalog the first parts are there at the start, and each other one when it is named.', () => {
  const operations = Array.from({ length: 100 }, (_, index) => operation(`s${index}`, 'GET', '/'))
  const many = feature('many', { owner: team, operations })
  const large = setOf({
    owners: [team],
    features: [many],
    services: operations.map((each) => service(each.service, { owner: team })),
    objectives: operations.map((each, index) =>
      objective(`o${index}`, { ...base, feature: many, indicator: availability({ of: [each] }) }),
    ),
  })
  const services = (parts: readonly SyntheticPart[]) =>
    new Set(seriesOf(parts).map(({ labels }) => labels['service_name']))
  const start = partsOf(large)
  expect(seriesOf(start).length).toBeLessThan(4000)
  expect(services(start)).toContain('s0')
  expect(services(start)).not.toContain('s99')
  expect(JSON.stringify(rulesOf(start))).toContain('"o0"')
  expect(JSON.stringify(rulesOf(start))).not.toContain('"o99"')
  const later = partsOf(large, { kind: 'objective', name: 'o99' })
  expect(services(later)).toEqual(new Set(['s99']))
  expect(JSON.stringify(rulesOf(later))).toContain('"o99"')
  const requests = seriesOf(partsOf(large, { kind: 'service', name: 's98' }))
  expect(requests.map(({ name }) => name)).toContain('cx_requests_total')
  expect(requests.map(({ name }) => name)).toContain('cx_build_info')
})

test('A name that the catalog has not has no part.', () => {
  const partOf = syntheticParts(set())
  for (const kind of ['app', 'objective', 'service'] as const)
    expect(partOf({ kind, name: 'nope' })).toBeUndefined()
})

test('Jobs run and now and then fail, for no customer.', () => {
  const worker = service('worker', { owner: team, jobs: ['export'] })
  const series = seriesOf(partsOf(setOf({ owners: [team], features: [], services: [worker] })))
  const runs = series.filter(({ name }) => name === 'cx_jobs_total')
  expect(runs.map(({ labels }) => labels)).toEqual(
    ['success', 'server_error'].map((outcome) =>
      expect.objectContaining({
        service_name: 'worker',
        job_name: 'export',
        customer: 'none',
        outcome,
      }),
    ),
  )
  const names = new Set(series.map(({ name }) => name))
  expect(names).toContain('cx_job_duration_seconds_bucket')
})

test('A part can be sent to another thread.', () => {
  const parts = partsOf(set())
  expect(structuredClone(parts)).toEqual(parts)
})
