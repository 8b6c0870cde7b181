import type { ServerResponse } from 'node:http'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type FakePrometheusOptions, startFakePrometheus } from '../../fakes/fake-prometheus.ts'
import { prometheusAccess } from './prometheus-access.ts'
import { connectPrometheus } from './prometheus-api.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const token = 'prom_secretsecret'

const connected = async (
  options?: FakePrometheusOptions,
  env: NodeJS.ProcessEnv = {},
  patienceMilliseconds = 10_000,
) => {
  const fake = await startFakePrometheus(options)
  stops.push(fake.close)
  const access = await prometheusAccess(fake.url, env)
  return { fake, prometheus: connectPrometheus(access, { patienceMilliseconds }) }
}

const failure = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  throw new Error('it did not fail')
}

test('values that are no finite numbers are read as what they are', async () => {
  const values = [1.5, NaN, Infinity, -Infinity]
  const { prometheus } = await connected({
    find: () => values.map((value, index) => ({ metric: { n: String(index) }, value })),
  })
  const found = await prometheus.query('up')
  expect(found.map(({ value }) => value)).toEqual(values)
  const ranges = await prometheus.queryRange('up', { start: 0, end: 3600, step: 60 })
  expect(ranges.map(({ samples }) => samples[0]?.value)).toEqual(values)
})

test('a query of any length arrives whole: a long one as a form', async () => {
  const { fake, prometheus } = await connected()
  const long = `up{job="${'a+b&ü '.repeat(2000)}"}`
  await prometheus.query('up{job="a+b&ü"}')
  await prometheus.query(long)
  expect(fake.requests).toEqual([
    { method: 'GET', query: 'up{job="a+b&ü"}' },
    { method: 'POST', query: long },
  ])
})

test('a token goes along, from the environment or a file, and stands in no message', async () => {
  const file = join(tmpdir(), `cx-prometheus-token-${process.pid}`)
  await writeFile(file, `${token}\n`)
  stops.push(() => rm(file))
  const refusing: FakePrometheusOptions = { fault: (_, response) => answer(response, 401, '') }
  for (const env of [{ PROMETHEUS_TOKEN: token }, { PROMETHEUS_TOKEN_FILE: file }]) {
    const { fake, prometheus } = await connected(refusing, env)
    expect(await failure(prometheus.version())).toMatch(
      /does not know the credentials. Set PROMETHEUS_TOKEN(?!.*secret)/,
    )
    expect(fake.authorizations).toEqual([`Bearer ${token}`])
  }
})

const answer = (response: ServerResponse, status: number, body: string): boolean => {
  response.writeHead(status, { location: '/login' }).end(body)
  return true
}

const always = (status: number, body: string): FakePrometheusOptions => ({
  fault: (_, response) => answer(response, status, body),
})

const success = (rest: object) => JSON.stringify({ status: 'success', ...rest })

test.for<[string, FakePrometheusOptions, string]>([
  ['says nothing', { fault: () => true }, 'does not answer (nothing whole within 0.3 s)'],
  [
    'stops in the middle',
    { fault: (_, response) => response.write('{"status":"succ') || true },
    'does not answer (nothing whole within 0.3 s)',
  ],
  [
    'hangs up',
    { fault: (request) => Boolean(request.socket.destroy()) },
    'does not answer (UND_ERR_SOCKET)',
  ],
  ['answers half', always(200, '{"status":"success","data":{"resu'), 'something other than'],
  ['is a web page', always(200, '<html>Welcome</html>'), 'something other than Prometheus’ JSON'],
  ['answers null', always(200, 'null'), 'something other than Prometheus’ JSON'],
  ['has no data', always(200, success({})), 'something other than Prometheus’ JSON'],
  ['redirects', always(302, ''), 'it redirects, perhaps to a login page'],
  ['forbids it', always(403, 'no'), 'may not read this Prometheus'],
  ['is not there', always(404, 'nothing here'), 'Is the URL that of a Prometheus'],
  ['is behind a broken proxy', always(502, '<html>'), 'it answered 502'],
  [
    'refuses the query',
    always(
      422,
      JSON.stringify({ status: 'error', error: 'query processing\nwould load too many' }),
    ),
    'Prometheus refused: query processing would load too many',
  ],
  [
    'lost a part of its data',
    always(200, success({ data: { result: [] }, warnings: ['store a: unavailable'] })),
    'it answered in part only: store a: unavailable',
  ],
])('a server that %s is told in one line', async ([, options, expected]) => {
  const isStuck = expected.includes('nothing whole')
  const { fake, prometheus } = await connected(options, {}, isStuck ? 300 : undefined)
  const message = await failure(prometheus.query('up'))
  expect(message).toContain(`${fake.url}/api/v1/query: `)
  expect(message).toContain(expected)
  expect(message).not.toContain('\n')
})

test('a remark on the expression is no lack of data', async () => {
  const warnings = ['PromQL info: metric might not be a counter: "x"']
  const { prometheus } = await connected(always(200, success({ data: { result: [] }, warnings })))
  expect(await prometheus.query('rate(x[5m])')).toEqual([])
})

test('a server that is down is told as such', async () => {
  const { fake, prometheus } = await connected()
  await fake.close()
  stops.pop()
  expect(await failure(prometheus.flags())).toContain('Prometheus does not answer (ECONNREFUSED)')
})

test.for([
  ['localhost:9090', {}, '--prometheus is not an http or https URL'],
  ['http://me:geheim@localhost:9090', {}, 'Move them to PROMETHEUS_USER'],
  ['http://localhost:9090', { PROMETHEUS_USER: 'me' }, 'PROMETHEUS_PASSWORD is not'],
  ['http://localhost:9090', { PROMETHEUS_TOKEN: 'gehe\nim' }, 'characters that no token has'],
] as const)('%s with %o is refused before any request', async ([url, env, reason]) => {
  const message = await failure(prometheusAccess(url, env))
  expect(message).toContain(reason)
  expect(message).not.toContain('geheim')
})
