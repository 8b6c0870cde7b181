import { latency, milliseconds, perHour, service } from 'cx-definition'
import { afterEach, expect, test } from 'vitest'
import {
  type FakePrometheusOptions,
  type FakeSeries,
  startFakePrometheus,
} from '../../fakes/fake-prometheus.ts'
import { catalogWith, documents, platform } from '../../fakes/one-objective.ts'
import { prometheusAccess } from '../publishers/prometheus-access.ts'
import { connectPrometheus } from '../publishers/prometheus-api.ts'
import { prometheusFindings } from './prometheus-findings.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const production = { deployment_environment_name: 'production' }
const alerting = { contacts: [], environments: ['production'] }
const catalog = catalogWith(
  { traffic: perHour(600) },
  { services: [service('api', { owner: platform })] },
)

const findings = async (
  options: FakePrometheusOptions,
  of = catalog,
  patienceMilliseconds = 10_000,
) => {
  const fake = await startFakePrometheus({
    flags: { 'storage.tsdb.retention.time': '90d' },
    ...options,
  })
  stops.push(fake.close)
  const access = await prometheusAccess(fake.url, {})
  const prometheus = connectPrometheus(access, { patienceMilliseconds })
  const now = Math.floor(Date.now() / 1000)
  return prometheusFindings(of, alerting, prometheus, { now, retention: undefined })
}

/** So many events an hour, all good, of one customer, by a service that is heard. */
const healthy =
  (perHourSeen: number, metric: FakeSeries['metric'] = production) =>
  (query: string): readonly FakeSeries[] => {
    if (query.startsWith('absent_over_time')) return []
    const value = query.includes('[1d]') ? 24 * perHourSeen : perHourSeen
    return [{ metric: { ...metric, customer: 'contoso' }, value }]
  }

test('a Prometheus that fits leaves nothing to say', async () => {
  expect(await findings({ find: healthy(500) })).toEqual([])
})

test.for([
  [190, 'declares 600 events an hour, and 190 were seen in production over 3 hours'],
  [1900, 'declares 600 events an hour, and 1,900 were seen in production over 3 hours'],
  [0, 'and 0 were seen'],
] as const)('traffic of %d where 600 is declared is warned of', async ([seen, words]) => {
  const [first, ...rest] = await findings({ find: healthy(seen) })
  expect(first).toMatchObject({ severity: 'warning', path: 'objectives[0].traffic' })
  expect(first?.message).toContain(words)
  expect(rest).toEqual([])
})

test('traffic of a third to three times the declared is what it is tuned for', async () => {
  expect(await findings({ find: healthy(210) })).toEqual([])
  expect(await findings({ find: healthy(1790) })).toEqual([])
})

test('a Prometheus that was started a moment ago is asked by minutes', async () => {
  const asked: string[] = []
  const find = (query: string) => {
    asked.push(query)
    return healthy(500)(query)
  }
  await findings({ find, windows: 2 })
  expect(asked.filter((query) => query.includes('[5m]'))).toHaveLength(1)
})

test('traffic that was not declared is told, ready to be written down', async () => {
  const undeclared = catalogWith({}, { services: [] })
  expect(await findings({ find: healthy(1234) }, undeclared)).toMatchObject([
    { severity: 'note', remedy: expect.stringContaining('perHour(1200)') },
  ])
})

test('an objective that finds nothing of a metric that is there can never fire: an error', async () => {
  const find = (query: string) => (/http_route|absent/.test(query) ? [] : healthy(10)(query))
  expect(await findings({ find })).toMatchObject([
    {
      severity: 'error',
      path: 'objectives[0].indicator',
      message: expect.stringContaining('is there, and in 7 days nothing'),
    },
  ])
})

test('what nobody used since its service began, a moment ago, is warned of', async () => {
  const find = (query: string) => (/http_route|absent|offset/.test(query) ? [] : healthy(10)(query))
  expect(await findings({ find })).toMatchObject([
    { severity: 'warning', message: expect.stringContaining('so far nothing') },
  ])
})

test('a metric that is not there yet is warned of', async () => {
  expect(await findings({ find: () => [] })).toMatchObject([
    { severity: 'warning', message: expect.stringContaining('has had no cx_requests_total') },
  ])
})

test('series without an environment are an error, and without a customer a warning', async () => {
  const find = healthy(500, { deployment_environment_name: '' })
  const nameless = (query: string) =>
    find(query).map(({ value }) => ({ value, metric: { instance: 'a' } }))
  expect(
    (await findings({ find: nameless })).map(({ message, severity }) => [
      severity,
      /the label (\w+)/.exec(message)?.[1],
    ]),
  ).toEqual([
    ['error', 'deployment_environment_name'],
    ['warning', 'customer'],
  ])
})

test('events in other environments only are warned of', async () => {
  const find = healthy(500, { deployment_environment_name: 'staging' })
  expect(await findings({ find })).toMatchObject([
    { severity: 'warning', message: expect.stringContaining('has events in staging only') },
  ])
})

test('a threshold that finds nothing good is an error that names the bucket', async () => {
  const inTime = catalogWith(
    {
      traffic: perHour(600),
      indicator: latency({ of: documents.operations, within: milliseconds(300) }),
    },
    { services: [service('api', { owner: platform })] },
  )
  const find = (query: string) => (query.includes('_bucket') ? [] : healthy(500)(query))
  expect(await findings({ find }, inTime)).toMatchObject([
    { severity: 'error', remedy: expect.stringContaining('le="0.3"') },
  ])
})

test('a service that is silent now would page at once, and that is told', async () => {
  const find = (query: string) =>
    query.startsWith('absent') ? [{ metric: production, value: 1 }] : healthy(500)(query)
  expect(await findings({ find })).toMatchObject([
    {
      severity: 'warning',
      path: 'services[0]',
      message: expect.stringContaining('"api" was not heard in production'),
    },
  ])
})

test.for([
  ['2.41.0', 'error'],
  ['1.8.2', 'error'],
  ['unknown', 'note'],
] as const)('version %s is told as %s', async ([version, severity]) => {
  expect(await findings({ version, find: healthy(500) })).toMatchObject([
    { severity, path: '--prometheus' },
  ])
})

test.for(['2.42.0', '3.5.3', 'v2.100.1-gmp'])('version %s will do', async (version) => {
  expect(await findings({ version, find: healthy(500) })).toEqual([])
})

test.for([
  [{ 'storage.tsdb.retention.time': '15d' }, 'error'],
  [{ 'storage.tsdb.retention.time': '0s', 'storage.tsdb.retention.size': '0B' }, 'error'],
  [{ 'storage.tsdb.retention.time': '0s', 'storage.tsdb.retention.size': '100GB' }, undefined],
  [{}, 'warning'],
] as const)('the flags %o are judged', async ([flags, severity]) => {
  const found = await findings({ flags, find: healthy(500) })
  expect(found.map((each) => each.severity)).toEqual(severity ? [severity] : [])
})

test('one query that is too much for it is told, and the rest is asked all the same', async () => {
  const found = await findings({
    find: healthy(500),
    fault: (request, response) => {
      if (!request.url?.includes('query_range')) return false
      response.writeHead(422).end('{"status":"error","error":"too many samples"}')
      return true
    },
  })
  expect(found).toMatchObject([
    {
      severity: 'error',
      message: expect.stringMatching(/query_range: Prometheus refused: too many samples$/),
    },
  ])
})

test('failures with an answer between them are no reason to give up', async () => {
  const found = await findings({
    find: healthy(500),
    fault: (request, response) => {
      if (!/query_range|buildinfo/.test(request.url ?? '')) return false
      response.writeHead(500).end()
      return true
    },
  })
  expect(found.map(({ severity }) => severity)).toEqual(['error', 'error'])
})

test('a server that answers nothing is given up on after two questions', async () => {
  const begin = Date.now()
  const found = await findings({ fault: () => true }, catalog, 200)
  expect(Date.now() - begin).toBeLessThan(5000)
  expect(found.map(({ message, severity }) => [severity, message])).toEqual([
    ['error', expect.stringContaining('nothing whole within 0.2 s')],
    ['error', expect.stringContaining('nothing whole within 0.2 s')],
    ['note', 'it failed twice in a row, so it was asked no more'],
  ])
})
