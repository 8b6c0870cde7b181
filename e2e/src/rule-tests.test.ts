import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { buildArtifacts, contact, webhook } from 'cx-dashboards'
import {
  always,
  availability,
  breach,
  catalog,
  counter,
  days,
  feature,
  histogram,
  httpServerRequestDuration,
  latency,
  milliseconds,
  minutes,
  objective,
  owner,
  percent,
  perHour,
  ratio,
  seconds,
  service,
} from 'cx-definition'
import set from 'sample-catalog/dashboards'
import { afterAll, describe, expect, test } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'

const { promtool } = findPrometheus(() => {})
const folder = mkdtempSync(join(tmpdir(), 'rule-tests-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes rules and tests, and lists them. */
const written = (name: string, of: typeof set) => {
  const artifacts = buildArtifacts(of).filter(({ path }) => path.startsWith('prometheus/'))
  for (const { content, path } of artifacts) {
    const file = join(folder, name, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  const endingIn = (end: string) =>
    artifacts.map(({ path }) => join(folder, name, path)).filter((path) => path.endsWith(end))
  return { rules: endingIn('.rules.yml'), tests: endingIn('.tests.yml') }
}

/** Two at a time, in turns. @throws Error with what promtool says */
const run = (...args: readonly string[]): Promise<void> => {
  const turn = begun++ % turns.length
  const judged = afterwards(turns[turn], args)
  turns[turn] = judged.catch(() => {})
  return judged
}

const turns: Promise<void>[] = [Promise.resolve(), Promise.resolve()]
let begun = 0

const afterwards = async (before: Promise<void> | undefined, args: readonly string[]) => {
  await before
  await promisify(execFile)(promtool, [...args], { maxBuffer: 2 ** 28 })
}

// Some wait for their turn.
const tested = { timeout: 300_000 }

describe('the sample’s rules', () => {
  const { rules, tests } = written('sample', set)

  test('are understood by Prometheus', () => run('check', 'rules', ...rules))

  test('have tests of every file', () => {
    const named = (file: string) => file.replace(/(-days)?\.(rules|tests)\.yml$/, '')
    expect(new Set(tests.map(named))).toEqual(new Set(rules.map(named)))
  })

  test.concurrent.each(tests.map((file) => file.slice(folder.length + 1)))(
    'pass %s',
    tested,
    (file) => run('test', 'rules', join(folder, file)),
  )
})

describe('rules over metrics that are there already', () => {
  const team = owner('platform', { title: 'Platform' })
  const orders = feature('orders', {
    title: 'Orders',
    owner: team,
    operations: [{ service: 'shop', method: 'GET', route: '/orders/{id}' }],
  })
  const about = { feature: orders, window: days(30) }
  const labels = { environment: 'env', service: 'job', dimension: 'tenant' }
  const messages = counter({ name: 'messages_total', labels })
  const lost = counter({ name: 'messages_lost_total', labels })
  const calls = histogram({
    name: 'call_seconds',
    bounds: [0.5, 1],
    labels: { environment: always('production'), service: 'job' },
  })
  const objectives = [
    objective('from-http', {
      ...about,
      indicator: availability({ of: orders.operations, from: httpServerRequestDuration }),
      target: percent(99.9),
      traffic: perHour(60),
    }),
    objective('from-two-counters', {
      ...about,
      indicator: ratio({
        description: 'messages delivered',
        bad: { from: lost, of: [{ service: 'mail' }] },
        total: { from: messages, of: [{ service: 'mail' }] },
      }),
      target: percent(90),
      breaches: [breach({ below: percent(50), lasting: minutes(60) })],
    }),
    objective('from-one-environment', {
      ...about,
      indicator: latency({ of: [{ service: 'caller' }], within: milliseconds(500), from: calls }),
      target: percent(99),
      window: days(90),
      traffic: perHour(100_000),
    }),
  ]
  const url = 'http://127.0.0.1:9'
  const { rules, tests } = written('existing', {
    catalog: catalog({
      owners: [team],
      features: [orders],
      objectives,
      services: [service('shop', { owner: team })],
      dimension: { name: 'tenant' },
    }),
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      contacts: [contact(team, { page: [webhook({ url })], ticket: [webhook({ url })] })],
      environments: ['production', 'canary'],
      interval: seconds(30),
    },
  })

  test('are understood by Prometheus', () => run('check', 'rules', ...rules))

  // Those that take days are the sample's to pass.
  const ofHours = tests.filter((file) => !file.includes('-days'))
  test.concurrent.each(ofHours.map((file) => file.slice(folder.length + 1)))(
    'pass %s',
    tested,
    (file) => run('test', 'rules', join(folder, file)),
  )
})
