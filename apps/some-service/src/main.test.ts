import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'

const children: ChildProcess[] = []
const servers: Server[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) server.close()
})

const run = (env: Record<string, string>) => {
  const child = spawn(
    process.execPath,
    ['--conditions=cx-source', join(import.meta.dirname, 'main.ts')],
    { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  children.push(child)
  return child
}

const occupiedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const freePort = async (): Promise<number> => {
  const port = await occupiedPort()
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

/** Starts the service on free ports and waits until it says where it listens. */
const startService = async () => {
  const metricsPort = await freePort()
  const child = run({ PORT: '0', OTEL_EXPORTER_PROMETHEUS_PORT: String(metricsPort) })
  let log = ''
  for await (const chunk of child.stdout) {
    log += String(chunk)
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(log) ?? []
    if (url) return { child, url, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` }
  }
  throw new Error(`the service did not start: ${log}${await text(child.stderr)}`)
}

test('A request in flight is finished after SIGTERM, new ones on its connection get 503', async () => {
  const { child, url } = await startService()
  const breakage = { mode: 'slowness', delayMilliseconds: 1000 }
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}/breakage`, { method: 'PUT', headers, body: JSON.stringify(breakage) })

  // Two requests on one connection, the second written while the first is in flight.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const statusOf = async (path: string) => {
    const [response] = await once(get(`${url}${path}`, { agent }), 'response')
    response.resume()
    return response.statusCode
  }
  const inFlight = statusOf('/api/documents/a-1')
  const queued = statusOf('/health/ready')
  setTimeout(() => child.kill('SIGTERM'), 200)

  expect([200, 400, 401, 404, 500]).toContain(await inFlight)
  const startedAt = performance.now()
  expect(await queued).toBe(503)
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(performance.now() - startedAt).toBeLessThan(2000)
  agent.destroy()
}, 20_000)

test('Counts documents by customer, and neither probes nor the description', async () => {
  const { child, metricsUrl, url } = await startService()
  const headers = { 'x-app-customer': 'contoso' }
  for (const path of ['/api/documents/a-1', '/health/live', '/health/ready', '/openapi.json']) {
    await fetch(`${url}${path}`, { headers })
  }
  const metrics = await (await fetch(metricsUrl)).text()
  expect(metrics).toMatch(/cx_requests_total\{customer="contoso",.*"\/api\/documents\/:documentId"/)
  expect(metrics).toContain('service_name="some-service"')
  expect(metrics).not.toContain('health')
  expect(metrics).not.toContain('openapi')
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 20_000)

test.each([
  ['a port in use', { PORT: 'occupied' }, 'in use: stop what listens there, or set PORT'],
  ['a metrics port in use', { OTEL_EXPORTER_PROMETHEUS_PORT: 'occupied' }, 'the port is in use'],
  ['a port that is none', { PORT: '80a' }, 'PORT is "80a": give a whole number'],
  ['a switch that is neither', { SAMPLE_FAULTS: 'no' }, 'SAMPLE_FAULTS is "no": give on or off'],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud": give one of'],
])(
  'Ends with one clear line and exit code 1 on %s',
  async (_what, given, message) => {
    const occupied = String(await occupiedPort())
    const free = { PORT: '0', OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()) }
    const replaced = Object.entries(given).map(([name, value]) => [
      name,
      value === 'occupied' ? occupied : value,
    ])
    const child = run({ ...free, ...Object.fromEntries(replaced) })
    const [errors, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(errors).toMatch(/^some-service: .+\n$/)
    expect(errors).toContain(message)
    expect(exitCode).toBe(1)
  },
  20_000,
)
