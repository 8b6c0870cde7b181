import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

// Applications of their own, with none of our code.
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const tell = `(server) => server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

const plain = `
  import { createServer } from 'node:http'
  const handle = (request, response) => setTimeout(() => response.end('done'), request.url === '/slow' ? 5000 : 0)
  ;(${tell})(createServer(handle))
`

const inExpress = (name: string) => `
  const express = require('${name}')
  const { createServer } = require('node:http')
  const app = express()
  app.set('env', 'test')
  const router = express.Router()
  router.get('/documents/:id', (request, response) => response.send('done'))
  router.get('/fails', () => { throw new Error('broken') })
  app.get('/health/live', (request, response) => response.send('live'))
  app.use('/of/:tenant', router)
  ;(${tell})(createServer(app))
`

const fastify = `
  import Fastify from 'fastify'
  const app = Fastify()
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization === 'wrong') return reply.code(401).send({})
  })
  await app.register(async (nested) => {
    nested.get('/documents/:id', async () => 'done')
    nested.get('/fails', async () => { throw new Error('broken') })
  }, { prefix: '/of/:tenant' })
  app.get('/health/live', async () => 'live')
  await app.listen({ port: 0, host: '127.0.0.1' })
  console.log(app.server.address().port)
`

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const start = async (program: string, env: Readonly<Record<string, string>> = {}) => {
  const metricsPort = env.OTEL_EXPORTER_PROMETHEUS_PORT ?? String(await freePort())
  const type = program.includes('require(') ? 'commonjs' : 'module'
  const child = spawn(
    process.execPath,
    [
      '--conditions=cx-source',
      '--import=cx-metrics/register',
      `--input-type=${type}`,
      '--eval',
      program,
    ],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      // nx asks for colours, and a coloured port is none.
      env: { ...process.env, FORCE_COLOR: '0', OTEL_EXPORTER_PROMETHEUS_PORT: metricsPort, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  const errors = text(child.stderr!)
  const [port] = await once(createInterface({ input: child.stdout! }), 'line')
  const get = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text()
  const scrape = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  const counted = async () =>
    [...(await scrape()).matchAll(/^cx_requests_total\{(.*)\} (\d+)$/gm)].map(
      ([, labels = '', count]) => {
        const label = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1]
        const operation = [label('http_request_method'), label('http_route')]
        return [label('customer'), ...operation, label('http_response_status_code'), count].join(
          ' ',
        )
      },
    )
  /** Polls, since a new series stands at 0 until it was scraped there. */
  const expectCounted = (expected: string[]) =>
    expect.poll(counted, { interval: 200, timeout: 5000 }).toEqual(expected)
  return { child, errors, expectCounted, get, port: Number(port), scrape }
}

test('a plain server is recorded, without its scrapes', async () => {
  const { get, port, expectCounted, scrape } = await start(plain)
  await scrape()
  await get('/.env')
  await get('/documents/1')
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await sleep(50)
  socket.destroy()
  await sleep(50)
  await expectCounted(['none GET unmatched 200 2', 'none GET unmatched 499 1'])
})

test.for([
  ['Express 4', inExpress('express-4')],
  ['Express 5', inExpress('express')],
  ['Fastify 5', fastify],
] as const)('%s is recorded with its routes', async ([, program]) => {
  const { get, expectCounted } = await start(program, {
    CX_CUSTOMER_HEADER: 'X-Customer',
    CX_IGNORE_ROUTES: '/health/live, /health/ready',
  })
  await get('/of/7/documents/1', { 'x-customer': 'contoso' })
  await get('/of/8/documents/2?secret=x', { 'x-customer': 'contoso' })
  await get('/of/7/fails', { 'x-customer': 'con"to{so}' })
  await get('/.env')
  await get('/health/live')
  await expectCounted([
    'contoso GET /of/:tenant/documents/:id 200 2',
    'invalid GET /of/:tenant/fails 500 1',
    'none GET unmatched 404 1',
  ])
})

test('a request that a Fastify hook refuses has its route, too', async () => {
  const { get, expectCounted } = await start(fastify)
  await get('/of/7/documents/1', { authorization: 'wrong' })
  await expectCounted(['none GET /of/:tenant/documents/:id 401 1'])
})

test('a plain server’s health checks are ignored by their path', async () => {
  const { get, expectCounted } = await start(plain, {
    CX_IGNORE_ROUTES: '/health/live,/health/ready',
  })
  await get('/health/live?verbose')
  await get('/health/ready')
  await get('/health/other')
  await expectCounted(['none GET unmatched 200 1'])
})

test('the service’s name and version come from the environment', async () => {
  const { scrape } = await start(plain, {
    OTEL_SERVICE_NAME: 'some-service',
    npm_package_version: '1.2.3',
  })
  const page = await scrape()
  expect(page).toContain(
    'cx_build_info{version="1.2.3",commit="unknown",service_name="some-service"',
  )
})

test('a metrics port in use is told in one line with the remedy, and the application goes on', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { child, errors, get } = await start(plain, { OTEL_EXPORTER_PROMETHEUS_PORT: String(port) })
  expect(await get('/')).toBe('done')
  server.close()
  child.kill('SIGKILL')
  expect(await errors).toContain(
    `CxMetricsWarning: the metrics endpoint 127.0.0.1:${port} cannot be opened: the port is in use. Set OTEL_EXPORTER_PROMETHEUS_PORT to a free one.\n`,
  )
})

test('a program that has nothing left to do ends', async () => {
  const { child } = await start(`console.log('1')`)
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
})
