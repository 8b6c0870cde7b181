import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { catalog, feature, journey, owner, webApp } from 'cx-definition'
import Fastify, {
  type FastifyInstance,
  type FastifyServerOptions,
  type InjectOptions,
} from 'fastify'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import cxBeacon, { type CxBeaconOptions } from './beacon.ts'
import type { Beacon, CountedEvent } from './beacon-payload.ts'
import cxMetrics from './fastify.ts'
import { createRecorder } from './recorder.ts'

const growth = owner('growth')
const signup = feature('signup', { owner: growth })
const signupWeb = webApp('signup-web', { owner: growth, pages: ['/signup/account'] })
const otherWeb = webApp('other-web', { owner: growth, pages: [] })
const selfSignup = journey('self-signup', {
  feature: signup,
  app: signupWeb,
  steps: ['account', 'constructor'],
})
const definition = catalog({
  owners: [growth],
  features: [signup],
  apps: [signupWeb, otherWeb],
  journeys: [selfSignup],
})

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

const setUp = async (
  options: Partial<CxBeaconOptions> = {},
  serverOptions: FastifyServerOptions = {},
) => {
  const recorder = createRecorder({ catalog: definition })
  const app = Fastify(serverOptions)
  apps.push(app)
  await app.register(cxMetrics, { recorder, ignore: ['/cx/beacon'] })
  await app.register(cxBeacon, { recorder, catalog: definition, ...options })

  /** Every series that counted something, in the order of its labels. */
  const counted = () =>
    recorder.store.families.flatMap((family) =>
      [...family.series].flatMap((series) => {
        const { attributes } = series
        const value =
          'counts' in series
            ? [...series.counts].reduce((sum, count) => sum + count, 0)
            : series.value
        return value === 0
          ? []
          : [[family.instrument.name, ...Object.values(attributes), value].join(' ')]
      }),
    )
  const post = (payload: unknown, more: InjectOptions = {}) =>
    app.inject({
      method: 'POST',
      url: '/cx/beacon',
      payload: payload as string,
      ...more,
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        'sec-fetch-site': 'same-origin',
        ...more.headers,
      },
    })
  return { app, counted, post, recorder }
}

const beacon = (...events: object[]): string =>
  JSON.stringify({ v: 1, app: 'signup-web', events } satisfies Omit<Beacon, 'events'> & {
    events: object[]
  })

const entered: CountedEvent = {
  type: 'step',
  journey: 'self-signup',
  step: 'account',
  event: 'entered',
  count: 1,
}
const completed = { ...entered, event: 'completed' as const, seconds: 12.5 }
const failure: CountedEvent = {
  type: 'error',
  owner: 'growth',
  feature: 'signup',
  source: 'boundary',
  count: 3,
}
const vital: CountedEvent = {
  type: 'vital',
  name: 'LCP',
  page: '/signup/account',
  value: 1.2,
  count: 2,
}

test('a batch is counted in the service’s own store, without a customer', async () => {
  const { counted, post } = await setUp()
  const { statusCode, body } = await post(
    beacon(
      { type: 'session', count: 1 },
      entered,
      completed,
      failure,
      { ...failure, type: 'error-session', count: 1 },
      vital,
      { ...vital, name: 'CLS', value: 0.02 },
    ),
  )
  expect([statusCode, body]).toEqual([204, ''])
  expect(counted()).toEqual([
    'cx_sessions_total signup-web 1',
    'cx_journey_steps_total signup-web self-signup account entered 1',
    'cx_journey_steps_total signup-web self-signup account completed 1',
    'cx_errors_total signup-web growth signup boundary 3',
    'cx_error_sessions_total signup-web growth signup boundary 1',
    'cx_journey_step_duration_seconds signup-web self-signup account 1',
    'cx_web_vital_seconds signup-web LCP /signup/account 2',
    'cx_web_layout_shift signup-web CLS /signup/account 2',
  ])
})

test('equal label sets share a series, and JSON comes under its own name as well', async () => {
  const { counted, post } = await setUp()
  await post(beacon(entered))
  await post(beacon(entered), { headers: { 'content-type': 'application/json' } })
  expect(counted()).toEqual(['cx_journey_steps_total signup-web self-signup account entered 2'])
})

test('what is unowned is counted so', async () => {
  const { counted, post } = await setUp()
  await post(beacon({ ...failure, owner: 'unowned', feature: 'none', source: 'error', count: 1 }))
  expect(counted()).toEqual(['cx_errors_total signup-web unowned none error 1'])
})

test('the reasons of refusals are there at 0 from the start', async () => {
  const { recorder } = await setUp()
  const refusals = recorder.store.families.find(
    ({ instrument }) => instrument.name === 'cx_beacon_rejected_total',
  )
  expect([...refusals!.series].map(({ attributes }) => attributes.reason)).toEqual([
    'malformed',
    'unknown',
    'value',
    'origin',
    'rate',
  ])
})

test('the rest of a batch is taken where some of it cannot be', async () => {
  const { counted, post } = await setUp()
  const { statusCode } = await post(
    beacon({ ...entered, step: 'password' }, entered, { ...entered, count: -1 }),
  )
  expect(statusCode).toBe(204)
  expect(counted()).toEqual([
    'cx_journey_steps_total signup-web self-signup account entered 1',
    'cx_beacon_rejected_total unknown 1',
    'cx_beacon_rejected_total value 1',
  ])
})

const words = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'x'.repeat(5000),
  '"}\n',
]

describe('names that the catalog does not know never become labels', () => {
  const places: [string, object][] = [
    ['type', entered],
    ['journey', entered],
    ['event', entered],
    ['owner', failure],
    ['feature', failure],
    ['source', failure],
    ['name', vital],
    ['page', vital],
  ]
  const wrong = [...words, 5, null, true, ['growth'], { toString: 'growth' }]
  test.for(places)('as %s', async ([place, event]) => {
    const { counted, post } = await setUp()
    for (const value of wrong) {
      expect(await post(beacon({ ...event, [place]: value }))).toMatchObject({ statusCode: 204 })
    }
    expect(counted()).toEqual([`cx_beacon_rejected_total unknown ${wrong.length}`])
  })

  test('as app', async () => {
    const { counted, post } = await setUp()
    for (const app of words) await post(JSON.stringify({ v: 1, app, events: [entered] }))
    expect(counted()).toEqual([`cx_beacon_rejected_total unknown ${words.length}`])
  })

  test('as another app’s journey', async () => {
    const { counted, post } = await setUp()
    await post(JSON.stringify({ v: 1, app: 'other-web', events: [entered] }))
    expect(counted()).toEqual(['cx_beacon_rejected_total unknown 1'])
  })

  test('unless they are the catalog’s, however strange', async () => {
    const { counted, post } = await setUp()
    await post(beacon({ ...entered, step: 'constructor' }))
    expect(counted()).toEqual([
      'cx_journey_steps_total signup-web self-signup constructor entered 1',
    ])
  })
})

describe('numbers that cannot be are refused', () => {
  const numbers = ['-1', '1e999', '1e300', '"5"', 'null', '[]', '{}', 'true', '14401']
  test.for([...numbers, '0', '1.5', '501'])('a count of %s', async (number) => {
    const { counted, post } = await setUp()
    await post(beacon({ ...entered, count: '@' }).replace('"@"', number))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
  test.for(numbers)('a step that took %s seconds', async (number) => {
    const { counted, post } = await setUp()
    await post(beacon({ ...completed, seconds: '@' }).replace('"@"', number))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
  test.for(numbers)('a vital of %s seconds', async (number) => {
    const { counted, post } = await setUp()
    await post(beacon({ ...vital, value: '@' }).replace('"@"', number))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
  test('a time for a step that was not completed', async () => {
    const { counted, post } = await setUp()
    await post(beacon({ ...completed, event: 'failed' }))
    expect(counted()).toEqual(['cx_beacon_rejected_total value 1'])
  })
})

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const inEnvelope = (events: string) => `{"v":1,"app":"signup-web","events":${events}}`

test('whatever is sent, the answer is 204, 400 or for its size 413, and labels are the catalog’s', async () => {
  const known = ['signup-web', 'self-signup', 'account', 'entered', 'completed', 'growth', 'signup']
  const more = ['boundary', 'LCP', 'CLS', '/signup/account', 'session', 'step', 'error', 'vital']
  const value = fc.oneof(
    fc.constantFrom(...known, ...more, ...words),
    fc.constantFrom<unknown>(1, 0, -1, 1.5, 500, 501, 1e300, null, true, [], {}),
    fc.jsonValue(),
  )
  const keys = ['type', 'count', 'seconds', 'value', 'name', 'page', 'journey', 'step', 'event']
  const event = fc.dictionary(fc.constantFrom(...keys, 'owner', 'feature', 'source'), value)
  const { counted, post } = await setUp()
  let remoteAddress = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(event), fc.jsonValue()), async (events) => {
      const payload = JSON.stringify({ v: 1, app: 'signup-web', events })
      remoteAddress += 1
      const address = `10.0.${remoteAddress >> 8}.${remoteAddress & 255}`
      const { body, statusCode } = await post(payload, { remoteAddress: address })
      const isTooLarge = Buffer.byteLength(payload) > 16 * 1024
      expect(isTooLarge ? [413] : [204, 400]).toContain(statusCode)
      expect(body).toBe('')
    }),
    { numRuns: 250 },
  )
  const allowed = new Set<string>([
    ...known,
    ...more,
    'constructor',
    'unknown',
    'value',
    'malformed',
  ])
  for (const line of counted()) {
    for (const label of line.split(' ').slice(1, -1)) expect(allowed).toContain(label)
  }
})

test.for([
  ['nothing', '', 400],
  ['no JSON', 'hello', 400],
  ['NaN', inEnvelope('[{"type":"session","count":NaN}]'), 400],
  ['no object', '[]', 400],
  ['null', 'null', 400],
  ['another version', beacon(entered).replace('"v":1', '"v":2'), 400],
  ['a version as text', beacon(entered).replace('"v":1', '"v":"1"'), 400],
  ['no app', '{"v":1,"events":[]}', 400],
  ['an app that is no text', '{"v":1,"app":{},"events":[]}', 400],
  ['events that are no list', inEnvelope('{"length":1}'), 400],
  ['an event that is none', inEnvelope('[null]'), 400],
  ['51 events', beacon(...Array.from({ length: 51 }, () => entered)), 400],
  ['10,000 events', beacon(...Array.from({ length: 10_000 }, () => entered)), 413],
  ['10 MB', 'x'.repeat(10_000_000), 413],
  ['JSON 8,000 deep', inEnvelope(nested(8000)), 400],
  ['a poisoned prototype', inEnvelope('[{"__proto__":{"type":"session"}}]'), 400],
  ['a poisoned constructor', inEnvelope('[{"constructor":{"prototype":{}}}]'), 400],
] as const)('a body with %s is refused whole', async ([, body, expected]) => {
  const { counted, post } = await setUp({}, { bodyLimit: 20_000_000 })
  const { body: answer, statusCode } = await post(body)
  expect([statusCode, answer]).toEqual([expected, ''])
  expect(counted()).toEqual(['cx_beacon_rejected_total malformed 1'])
})

test('a deep value in an event is a wrong value', async () => {
  const { counted, post } = await setUp()
  await post(beacon({ ...entered, step: '@' }).replace('"@"', nested(7000)))
  expect(counted()).toEqual(['cx_beacon_rejected_total unknown 1'])
})

test('of a key that comes twice the last counts', async () => {
  const { counted, post } = await setUp()
  await post(inEnvelope('[{"type":"vital","type":"session","count":9,"count":1}]'))
  expect(counted()).toEqual(['cx_sessions_total signup-web 1'])
})

test('bytes that are no UTF-8 are an unknown name', async () => {
  const { counted, post } = await setUp()
  const body = Buffer.from(beacon({ ...entered, step: 'accoun?' }))
  body[body.indexOf('?')] = 0xff
  await post(body)
  expect(counted()).toEqual(['cx_beacon_rejected_total unknown 1'])
})

test.for([
  ['packed', { 'content-encoding': 'gzip' }],
  ['packed twice', { 'content-encoding': 'gzip, gzip' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
] as const)('a body that is %s is refused unread', async ([, headers]) => {
  const { app, counted, post } = await setUp()
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null, {}))
  const bomb = gzipSync(Buffer.alloc(10_000_000, '{'))
  expect(await post(bomb.subarray(0, 15_000), { headers })).toMatchObject({ statusCode: 415 })
  expect(counted()).toEqual(['cx_beacon_rejected_total malformed 1'])
})

describe('only pages of the own origin and of listed ones may send', () => {
  const origins = ['https://signup.example.com']
  test.for([
    ['the own, as browsers say', { 'sec-fetch-site': 'same-origin' }, 204],
    ['the own, without TLS', { origin: 'http://localhost:80' }, 204],
    ['a listed one', { origin: 'https://signup.example.com', 'sec-fetch-site': 'same-site' }, 204],
    ['another', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['another, without TLS', { origin: 'http://evil.example' }, 403],
    ['a sibling', { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' }, 403],
    ['one with our name in its own', { origin: 'https://signup.example.com.evil.example' }, 403],
    ['another scheme of a listed one', { origin: 'http://signup.example.com' }, 403],
    ['a sandbox', { origin: 'null' }, 403],
    ['none', {}, 403],
    ['one that is no URL', { origin: '__proto__' }, 403],
  ] as const)('%s', async ([, headers, expected]) => {
    const { app, counted } = await setUp({ origins })
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/cx/beacon',
      payload: beacon({ type: 'session', count: 1 }),
      headers: { host: 'localhost:80', 'content-type': 'text/plain', ...headers },
    })
    expect(statusCode).toBe(expected)
    expect(counted()).toEqual([
      expected === 204 ? 'cx_sessions_total signup-web 1' : 'cx_beacon_rejected_total origin 1',
    ])
  })

  test('a preflight is answered for a listed one and refused for another', async () => {
    const { app } = await setUp({ origins })
    const preflight = (origin: string) =>
      app.inject({
        method: 'OPTIONS',
        url: '/cx/beacon',
        headers: {
          origin,
          'sec-fetch-site': 'cross-site',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      })
    expect(await preflight('https://signup.example.com')).toMatchObject({
      statusCode: 204,
      headers: {
        'access-control-allow-origin': 'https://signup.example.com',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        vary: 'origin',
      },
    })
    const refused = await preflight('https://evil.example')
    expect(refused.statusCode).toBe(403)
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test.for(['*', 'https://signup.example.com/', 'signup.example.com', 'null', ''])(
    'a list with %j in it is refused at the start',
    async (origin) => {
      await expect(setUp({ origins: [origin] })).rejects.toThrow('is no origin')
    },
  )
})

test('other methods find nothing', async () => {
  const { app } = await setUp()
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE'] as const) {
    const headers = { 'sec-fetch-site': 'same-origin' }
    expect(await app.inject({ method, url: '/cx/beacon', headers })).toMatchObject({
      statusCode: 404,
    })
  }
})

test('a client that sends a thousand a second is held at a hundred in ten, another is not', async () => {
  const { counted, post } = await setUp()
  const answers = new Map<number, number>()
  for (let sent = 0; sent < 1000; sent += 1) {
    const { statusCode } = await post(beacon({ type: 'session', count: 1 }))
    answers.set(statusCode, (answers.get(statusCode) ?? 0) + 1)
  }
  expect([...answers]).toEqual([
    [204, 100],
    [429, 900],
  ])
  const other = await post(beacon({ type: 'session', count: 1 }), { remoteAddress: '10.0.0.2' })
  expect(other.statusCode).toBe(204)
  expect(counted()).toEqual([
    'cx_sessions_total signup-web 101',
    'cx_beacon_rejected_total rate 900',
  ])
})

test('the service’s own routes keep their parsers, errors and rates', async () => {
  const { app, post } = await setUp()
  app.post('/own', async ({ body }) => body)
  for (let sent = 0; sent < 110; sent += 1) await post('')
  const own = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/own',
      payload,
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    })
  expect(await own('{"a":1}')).toMatchObject({ statusCode: 200, body: '{"a":1}' })
  expect((await own('{')).json()).toMatchObject({ code: 'FST_ERR_CTP_INVALID_JSON_BODY' })
})

test('a service that validates in its own way does not have to know of the beacon', async () => {
  const { app, post } = await setUp()
  app.setValidatorCompiler(() => () => ({ error: new Error('unlike any schema of ours') }))
  app.setErrorHandler(async () => 'theirs')
  expect(await post(beacon(entered))).toMatchObject({ statusCode: 204 })
  expect(await post('{')).toMatchObject({ statusCode: 400, body: '' })
})

test('a beacon is no customer’s request, and no line of the log quotes one', async () => {
  const lines: string[] = []
  const logger = { level: 'trace', stream: { write: (line: string) => void lines.push(line) } }
  const { counted, post } = await setUp({}, { logger })
  await post(beacon({ ...entered, step: 'canary' }))
  await post('{"canary": }')
  await post(`${'canary'.repeat(5000)}`)
  await post(beacon(entered), { headers: { 'sec-fetch-site': 'canary' } })
  expect(lines.join('\n')).not.toContain('canary')
  expect(counted().filter((line) => line.startsWith('cx_request'))).toEqual([])
})

test('10 MB over a socket are cut off', async () => {
  const { app, counted } = await setUp()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  // A reset: nobody reads the rest.
  socket.on('error', () => {})
  socket.write(
    `POST /cx/beacon HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: http://127.0.0.1:${port}\r\n` +
      'content-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n',
  )
  const closed = new Promise((resolve) => void socket.once('close', resolve))
  const part = 'x'.repeat(0x10000)
  let sent = 0
  while (sent < 160 && socket.writable) {
    socket.write(`10000\r\n${part}\r\n`)
    sent += 1
    await sleep(1)
  }
  await closed
  expect(sent).toBeLessThan(100)
  expect(counted()).toEqual(['cx_beacon_rejected_total malformed 1'])
})
