import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { requestDuration, requests } from 'cx-definition'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { eventually, settlesAt } from '../fixtures/eventually.ts'
import { exchange, leaveAfter } from '../fixtures/raw-client.ts'
import cxMetrics, { type CxMetricsOptions } from './fastify.ts'
import { createRecorder } from './recorder.ts'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

const portOf = ({ server }: FastifyInstance) => (server.address() as AddressInfo).port

const setUp = async (
  options: Omit<CxMetricsOptions, 'recorder'> = {},
  define: (app: FastifyInstance) => void = () => {},
) => {
  const recorder = createRecorder({
    catalog: {
      dimension: { name: 'customer', limit: 10, pinned: [] },
      durationBounds: [0.01, 100],
    },
  })
  const app = Fastify()
  apps.push(app)
  const again = async () => app.register(cxMetrics, { recorder, ...options })
  await again()
  define(app)
  app.get('/documents/:id', async () => ({}))
  app.get('/broken', async () => {
    throw new Error('broken')
  })
  app.get('/refused', (_request, reply) => reply.code(403).send({}))
  app.get('/health', async () => ({}))
  app.get('/slow', async () => {
    await sleep(150)
    return {}
  })
  /** Answers that wait until a test gives them. */
  const held: (() => void)[] = []
  app.route({
    method: ['GET', 'POST'],
    url: '/held',
    handler: () => new Promise((resolve) => void held.push(() => resolve({}))),
  })
  const recorded = () =>
    [...recorder.store.counters(requests).series].map(({ attributes, value }) =>
      [...Object.values(attributes), value].join(' '),
    )
  const timed = () => [...recorder.store.histograms(requestDuration, []).series]
  return { again, app, held, recorded, timed }
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
  const { app, held, recorded } = await setUp()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const head = `${method} /held HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`
  const reached = rest.includes('100')
    ? once(app.server, 'request')
    : eventually(() => held).toHaveLength(1)
  await leaveAfter(portOf(app), head + rest, reached)
  await eventually(recorded).toHaveLength(1)
  for (const give of held) give()
  await settlesAt(recorded, [`none ${method} /held 499 client_error 1`])
})

test('a request that is answered over a real socket counts once', async () => {
  const { app, recorded } = await setUp()
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`${url}/documents/1`)
  await response.arrayBuffer()
  await settlesAt(recorded, ['none GET /documents/:id 200 success 1'])
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
    await exchange(
      portOf(app),
      `GET /documents/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-app-customer: ${value}\r\n\r\n`,
    )
    await settlesAt(
      recorded,
      label === 'rejected' ? [] : [`${label} GET /documents/:id 200 success 1`],
    )
  },
)

test('a plugin that is registered twice counts once', async () => {
  const { app, again, recorded } = await setUp()
  await again()
  await app.inject('/documents/1')
  expect(recorded()).toEqual(['none GET /documents/:id 200 success 1'])
})

test('a method that a client makes up shares one label', async () => {
  const { app, recorded } = await setUp()
  for (const method of ['PURGE', 'PROPFIND']) await app.inject({ method, url: '/' } as never)
  expect(recorded()).toEqual(['none _OTHER unmatched 404 client_error 2'])
})

test('a resolver that returns a promise that fails costs the label, not the process', async () => {
  const { app, recorded } = await setUp({ customer: () => Promise.reject(new Error('no user')) })
  await app.inject('/documents/1')
  await settlesAt(recorded, ['invalid GET /documents/:id 200 success 1'])
})

const context = new AsyncLocalStorage<string>()
const customerOf = (request: FastifyRequest) => request.headers.customer as string
const enter: Record<string, (app: FastifyInstance) => void> = {
  'was run by a hook': (app) =>
    app.addHook('onRequest', (request, _reply, next) => context.run(customerOf(request), next)),
  'was entered by a hook': (app) =>
    app.addHook('preValidation', async (request) => context.enterWith(customerOf(request))),
  'was run by a hook of its plugin’s last phase': (app) =>
    app.addHook('preHandler', (request, _reply, next) => context.run(customerOf(request), next)),
}

test.for(Object.keys(enter))('the resolver finds the async context that %s', async (how) => {
  const { app, held, recorded } = await setUp({ customer: () => context.getStore() }, enter[how])
  await Promise.all(
    ['contoso', 'fabrikam'].map((customer) =>
      app.inject({ url: '/documents/1', headers: { customer } }),
    ),
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  await leaveAfter(
    portOf(app),
    'GET /held HTTP/1.1\r\nhost: x\r\ncustomer: litware\r\n\r\n',
    eventually(() => held).toHaveLength(1),
  )
  await eventually(() => recorded().toSorted()).toEqual([
    'contoso GET /documents/:id 200 success 1',
    'fabrikam GET /documents/:id 200 success 1',
    'litware GET /held 499 client_error 1',
  ])
})

test('a route keeps its own hooks, and they run before the customer’s context is noted', async () => {
  const { app, recorded } = await setUp({ customer: () => context.getStore() })
  const hooks = ['first', 'second'].map(
    (name) => (_request: FastifyRequest, _reply: FastifyReply, next: () => void) =>
      context.run(name, next),
  )
  app.get('/hooked', { preHandler: hooks }, async () => context.getStore())
  const { body } = await app.inject('/hooked')
  expect(body).toBe('second')
  expect(recorded()).toEqual(['second GET /hooked 200 success 1'])
})
