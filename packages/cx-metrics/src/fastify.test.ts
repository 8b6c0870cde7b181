import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { requestDuration, requests } from 'cx-definition'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import cxMetrics, { type CxMetricsOptions } from './fastify.ts'
import { createRecorder } from './recorder.ts'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

const setUp = async (options: Omit<CxMetricsOptions, 'recorder'> = {}) => {
  const recorder = createRecorder({
    catalog: {
      dimension: { name: 'customer', limit: 10, pinned: [] },
      durationBounds: [0.01, 1],
    },
  })
  const app = Fastify()
  apps.push(app)
  await app.register(cxMetrics, { recorder, ...options })
  app.get('/documents/:id', async () => ({}))
  app.get('/broken', async () => {
    throw new Error('broken')
  })
  app.get('/refused', (_request, reply) => reply.code(403).send({}))
  app.get('/health', async () => ({}))
  app.route({
    method: ['GET', 'POST'],
    url: '/slow',
    handler: async () => {
      await sleep(150)
      return {}
    },
  })
  const recorded = () =>
    [...recorder.store.counters(requests).series].map(({ attributes, value }) =>
      [...Object.values(attributes), value].join(' '),
    )
  const timed = () => [...recorder.store.histograms(requestDuration, []).series]
  return { app, recorded, timed }
}

test('requests are recorded under the route’s template, whatever they asked for', async () => {
  const { app, recorded } = await setUp()
  await app.inject('/documents/1')
  await app.inject('/documents/2?secret=x')
  await app.inject({ method: 'HEAD', url: '/documents/3' })
  expect(recorded()).toEqual([
    'none GET /documents/:id 200 success 2',
    'none HEAD /documents/:id 200 success 1',
  ])
})

test('what matches no route shares one label', async () => {
  const { app, recorded } = await setUp()
  for (const url of ['/wp-login.php', '/.env', '/documents']) await app.inject(url)
  expect(recorded()).toEqual(['none GET unmatched 404 client_error 3'])
})

test('errors and refusals have their own outcome', async () => {
  const { app, recorded } = await setUp()
  await app.inject('/broken')
  await app.inject('/refused')
  expect(recorded()).toEqual([
    'none GET /broken 500 server_error 1',
    'none GET /refused 403 client_error 1',
  ])
})

test('ignored routes leave no trace', async () => {
  const { app, recorded } = await setUp({ ignore: ['/health'] })
  await app.inject('/health')
  expect(recorded()).toEqual([])
})

test('the customer comes from what the resolver says', async () => {
  const { app, recorded } = await setUp({
    customer: (request) => request.headers['x-app-customer'],
  })
  await app.inject({ url: '/documents/1', headers: { 'x-app-customer': 'contoso' } })
  await app.inject({ url: '/documents/1', headers: { 'x-app-customer': 'con"to{so}' } })
  await app.inject('/documents/1')
  expect(recorded()).toEqual([
    'contoso GET /documents/:id 200 success 1',
    'invalid GET /documents/:id 200 success 1',
    'none GET /documents/:id 200 success 1',
  ])
})

test('a resolver that throws costs the label, not the answer', async () => {
  const { app, recorded } = await setUp({
    customer: () => {
      throw new Error('no user')
    },
  })
  const { statusCode } = await app.inject('/documents/1')
  expect(statusCode).toBe(200)
  expect(recorded()).toEqual(['invalid GET /documents/:id 200 success 1'])
})

test('the time is that of the whole request', async () => {
  const { app, timed } = await setUp()
  await app.inject('/slow')
  expect([...timed()[0]!.counts]).toEqual([0, 1, 0])
  expect(timed()[0]!.sum).toBeGreaterThan(0.14)
})

test('routes of nested plugins, registered later, are recorded too', async () => {
  const { app, recorded } = await setUp()
  await app.register(async (nested) => nested.get('/inner', async () => ({})), { prefix: '/outer' })
  await app.inject('/outer/inner')
  expect(recorded()).toEqual(['none GET /outer/inner 200 success 1'])
})

test.for([
  ['before its body has come', 'POST', 'content-length: 100\r\n\r\n{"a"'],
  ['after its body was read', 'POST', 'content-length: 2\r\n\r\n{}'],
  ['while it waits for the answer', 'GET', '\r\n'],
] as const)('a client that leaves %s counts once, as 499', async ([, method, rest]) => {
  const { app, recorded } = await setUp()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`${method} /slow HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${rest}`)
  await sleep(50)
  socket.destroy()
  await sleep(250)
  expect(recorded()).toEqual([`none ${method} /slow 499 client_error 1`])
})

test('a request that is answered over a real socket counts once', async () => {
  const { app, recorded } = await setUp()
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`${url}/documents/1`)
  await response.arrayBuffer()
  await sleep(50)
  expect(recorded()).toEqual(['none GET /documents/:id 200 success 1'])
})

test.for([
  ['of 10 kB', 'x'.repeat(10_240), 'invalid'],
  ['with quotes and braces', '"},evil="{', 'invalid'],
  ['in unicode', 'Zoë 🦊', 'invalid'],
  ['in bytes that are no text', '\u0001ÿ', 'rejected'],
  ['sent twice', 'contoso\r\nx-app-customer: fabrikam', 'invalid'],
  ['that pretends to be ours', 'other', 'invalid'],
] as const)(
  'a customer header %s over a real socket is a safe label or no request',
  async ([, value, label]) => {
    const { app, recorded } = await setUp({
      customer: (request) => request.headers['x-app-customer'],
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    socket.resume()
    socket.write(
      `GET /documents/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-app-customer: ${value}\r\n\r\n`,
    )
    await once(socket, 'close')
    await sleep(20)
    expect(recorded()).toEqual(
      label === 'rejected' ? [] : [`${label} GET /documents/:id 200 success 1`],
    )
  },
)
