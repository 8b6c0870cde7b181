import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import * as definition from 'cx-definition'
import {
  catalog,
  dimensionAttribute,
  feature,
  type Instrument,
  journey,
  owner,
  webApp,
} from 'cx-definition'
import cxBeacon from 'cx-metrics/beacon'
import cxMetrics from 'cx-metrics/fastify'
import { recordJob } from 'cx-metrics/job'
import { startMetrics } from 'cx-metrics/node'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { freePorts } from '../../scripts/stack/ports.ts'
import { parseExposition } from './exposition.ts'
import { startPrometheus } from './own-prometheus.ts'
import { labelSets } from './prometheus.ts'

/** All that the contract names, so that none is forgotten here; what has labels of its own is not of the contract. */
const instruments = Object.values<unknown>(definition).filter(
  (value): value is Instrument =>
    typeof value === 'object' &&
    value !== null &&
    'unit' in value &&
    'kind' in value &&
    !('labels' in value),
)

const growth = owner('growth')
const signup = feature('signup', { owner: growth })
const signupWeb = webApp('signup-web', { owner: growth, pages: ['/signup/account'] })
const selfSignup = journey('self-signup', { feature: signup, app: signupWeb, steps: ['account'] })
const everything = catalog({
  owners: [growth],
  features: [signup],
  apps: [signupWeb],
  journeys: [selfSignup],
})

const step = { type: 'step', journey: 'self-signup', step: 'account', count: 1 }
const error = { owner: 'growth', feature: 'signup', source: 'boundary', count: 1 }
const vital = { type: 'vital', page: '/signup/account', count: 1 }
const beacon = {
  v: 1,
  app: 'signup-web',
  events: [
    { type: 'session', count: 1 },
    { ...step, event: 'entered' },
    { ...step, event: 'completed', seconds: 12 },
    { ...error, type: 'error' },
    { ...error, type: 'error-session' },
    { ...vital, name: 'LCP', value: 1.2 },
    { ...vital, name: 'CLS', value: 0.02 },
  ],
}

let page = ''
let url = ''
let stop = async () => {}
afterAll(() => stop())

/** A request, a job and a beacon, in this very process, and its page. */
beforeAll(async () => {
  const { metrics: port } = await freePorts()
  process.env.OTEL_EXPORTER_PROMETHEUS_PORT = String(port)
  const { ready, recorder, shutdown } = startMetrics({
    catalog: everything,
    service: { name: 'everything', version: '1.2.3', commit: 'abc' },
  })
  stop = shutdown
  await ready
  const app = Fastify()
  await app.register(cxMetrics, { recorder, customer: () => 'contoso', ignore: ['/cx/beacon'] })
  await app.register(cxBeacon, { recorder, catalog: everything })
  app.get('/documents/:id', async () => 'done')
  await app.inject('/documents/1')
  const { statusCode } = await app.inject({
    method: 'POST',
    url: '/cx/beacon',
    headers: { 'sec-fetch-site': 'same-origin' },
    payload: beacon,
  })
  expect(statusCode).toBe(204)
  recordJob(() => {}, { recorder, name: 'send-invoices', customer: () => 'contoso' })()
  url = `http://127.0.0.1:${port}/metrics`
  page = await (await fetch(url)).text()
})

const always = ['deployment_environment_name', 'service_name']

const labelsOf = ({ attributes }: Instrument): string[] =>
  attributes.map((attribute) =>
    attribute === dimensionAttribute ? 'customer' : attribute.replaceAll('.', '_'),
  )

/** The names of an instrument's series, and the labels of each. */
const seriesOf = (instrument: Instrument): [string, string[]][] => {
  const { kind, name } = instrument
  const labels = [...always, ...labelsOf(instrument)]
  if (kind !== 'histogram') return [[name, labels.toSorted()]]
  return [
    [`${name}_bucket`, [...labels, 'le'].toSorted()],
    [`${name}_count`, labels.toSorted()],
    [`${name}_sum`, labels.toSorted()],
  ]
}

const contract = Object.fromEntries(instruments.flatMap(seriesOf))

/** The labels of each name, and an error where two of its series have not the same. */
const labelsByName = (sets: readonly (readonly [string, readonly string[]])[]) => {
  const found: Record<string, readonly string[]> = {}
  for (const [name, labels] of sets) {
    const sorted = labels.toSorted()
    expect(found[name] ?? sorted, name).toEqual(sorted)
    found[name] = sorted
  }
  return found
}

test('the page of a process that records requests, jobs and beacons has every instrument of the contract, with its labels and no others', () => {
  const samples = parseExposition(Buffer.from(page)).filter(({ name }) => name.startsWith('cx_'))
  const found = labelsByName(samples.map(({ labels, name }) => [name, Object.keys(labels)]))
  expect(found).toEqual(contract)
  expect(Object.keys(found).length).toBeGreaterThan(20)
})

test('promtool has nothing to say about any of them', () => {
  const { promtool } = findPrometheus(() => {})
  const { status, stderr, stdout } = spawnSync(promtool, ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  })
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' })
})

test('a real Prometheus has all of them, with their labels and its own', async () => {
  const prometheus = await startPrometheus({ everything: url })
  const stored = async () => {
    const sets = await labelSets('{__name__=~"cx_.+"}', prometheus)
    return labelsByName(
      sets.map(({ __name__: name = '', ...labels }) => [name, Object.keys(labels)]),
    )
  }
  const scraped = Object.entries(contract).map(
    ([name, labels]) => [name, [...labels, 'instance', 'job'].toSorted()] as const,
  )
  await expect.poll(stored, { timeout: 30_000, interval: 500 }).toEqual(Object.fromEntries(scraped))
})

test('the table in docs/metric-contract.md names each of them with its labels', async () => {
  const text = await readFile(new URL('../../docs/metric-contract.md', import.meta.url), 'utf8')
  for (const instrument of instruments) {
    const { name } = instrument
    const row = text
      .split('\n')
      .find((line) => line.startsWith('|') && line.includes(`\`${name}\``))
    const labels = /`([a-z_ ]*)`/.exec(row?.split('|')[3] ?? '')?.[1] ?? ''
    expect(labels, name).toBe(labelsOf(instrument).join(' '))
  }
})
