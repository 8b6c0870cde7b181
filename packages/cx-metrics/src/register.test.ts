import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { freePort, startProgram, takenPort } from '../fixtures/program.ts'

// The applications have none of our code.
const tell = `(server) => server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

const plain = `
  import { createServer } from 'node:http'
  const handle = (request, response) => {
    if (request.url === '/slow') console.log('waiting')
    else response.end('done')
  }
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

const start = async (program: string, env: Readonly<Record<string, string>> = {}) => {
  const metricsPort = env.OTEL_EXPORTER_PROMETHEUS_PORT ?? String(await freePort())
  const type = program.includes('require(') ? 'commonjs' : 'module'
  const { child, ended, errors, lines } = await startProgram({
    args: ['--import=cx-metrics/register', `--input-type=${type}`, '--eval', program],
    env: { OTEL_EXPORTER_PROMETHEUS_PORT: metricsPort, ...env },
  })
  const port = Number(lines[0])
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
  const expectCounted = (expected: string[]) => eventually(counted).toEqual(expected)
  return { child, ended, errors, expectCounted, get, lines, port, scrape }
}

test('a plain server is recorded, without its scrapes', async () => {
  const { get, lines, port, expectCounted, scrape } = await start(plain)
  await scrape()
  await get('/.env')
  await get('/documents/1')
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await eventually(() => lines).toContain('waiting')
  socket.destroy()
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
  const { port } = await takenPort()
  const { child, ended, errors, get } = await start(plain, {
    OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
  })
  expect(await get('/')).toBe('done')
  child.kill('SIGKILL')
  await ended
  expect(errors.join('\n')).toContain(
    `CxMetricsWarning: the metrics endpoint 127.0.0.1:${port} cannot be opened: the port is in use. Set OTEL_EXPORTER_PROMETHEUS_PORT to a free one.\n`,
  )
})

test('a program that has nothing left to do ends', async () => {
  const { ended } = await start(`console.log('1')`)
  expect(await ended).toEqual([0, null])
})
