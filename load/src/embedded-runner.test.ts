import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { dueRequests } from './arrivals.ts'
import { runTraffic } from './embedded-runner.ts'
import { shortened } from './scenarios.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** How fast a shared machine answers is not what is tested. */
const isNotLatency = (line: string) => !line.includes(' ms, not below ')

test('Sends every scenario at its rate, and each request as described', async () => {
  const seen: { kind: string; atSeconds: number }[] = []
  const bodies: string[] = []
  const startedAt = performance.now()
  const baseUrl = await serve(async (request, response) => {
    const kind = `${String(request.headers['x-app-customer'])} ${request.method}`
    seen.push({ kind, atSeconds: (performance.now() - startedAt) / 1000 })
    if (request.method === 'PUT') bodies.push(await text(request))
    response.end('{}')
  })
  const factor = 0.01
  const { crossed, scenarios } = await runTraffic({ baseUrl, factor })

  expect(crossed.filter(isNotLatency)).toEqual([])
  for (const [index, scenario] of shortened(factor).entries()) {
    const kind = `${scenario.customer} ${scenario.operation.method}`
    const due = (seconds: number) => Math.floor(dueRequests(scenario, seconds))
    expect(scenarios[index]).toMatchObject({ name: scenario.name, requests: due(3) })
    expect(scenarios[index]?.byStatus).toEqual({ 200: due(3) })
    // A busy machine makes a request late, never early.
    const times = seen.filter((one) => one.kind === kind).map(({ atSeconds }) => atSeconds)
    for (const [before, seconds] of times.toSorted((a, b) => a - b).entries())
      expect(before, `${kind} at ${seconds} s`).toBeLessThan(due(seconds))
    expect(times.filter((seconds) => seconds < 2.5).length, kind).toBeGreaterThan(due(1))
  }
  expect(bodies.length).toBeGreaterThan(5)
  for (const body of bodies) expect(JSON.parse(body)).toMatchObject({ title: 'Load' })
}, 20_000)

test('A service that answers slowly is not sent fewer requests', async () => {
  const baseUrl = await serve((_request, response) => {
    setTimeout(() => response.end('{}'), 1000)
  })
  const { crossed, scenarios } = await runTraffic({ baseUrl, factor: 0.01 })
  expect(scenarios.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThan(60)
  expect(crossed).toHaveLength(4)
  expect(crossed[0]).toMatch(/^contoso-reads: p95 \d{4} ms, not below 250 ms$/)
}, 20_000)

test('Server errors cross the threshold for failures, though they are documented', async () => {
  const baseUrl = await serve((_request, response) => {
    response.writeHead(500).end('{}')
  })
  const { crossed } = await runTraffic({ baseUrl, factor: 0.005 })
  expect(crossed.filter(isNotLatency)).toEqual(['100.0 % failed, not below 5.0 %'])
}, 20_000)

test('A service that does not answer crosses both shares, and every line says so', async () => {
  const baseUrl = await serve((request) => request.socket.destroy())
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const { crossed } = await runTraffic({ baseUrl, factor: 0.005, log })
  expect(crossed.filter(isNotLatency)).toEqual([
    '100.0 % failed, not below 5.0 %',
    '0.0 % as documented, not above 99.0 %',
  ])
  expect(lines[0]).toMatch(/^contoso-reads: \d+ requests \(no answer: \d+\), p50/)
  expect(lines.slice(-crossed.length)).toEqual(crossed.map((line) => `Threshold crossed: ${line}`))
}, 20_000)

test('Ends early when it is told to, with what was answered until then', async () => {
  const lines: string[] = []
  const baseUrl = await serve((_request, response) => response.end('{}'))
  const startedAt = performance.now()
  const signal = AbortSignal.timeout(7000)
  const { crossed, scenarios } = await runTraffic({
    baseUrl,
    signal,
    log: (line) => lines.push(line),
  })
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  expect(scenarios[0]?.requests).toBeGreaterThan(8)
  expect(crossed.filter(isNotLatency)).toEqual([])
  expect(lines[0]).toMatch(/^[5-7] of 300 s: \d+ answered, \d+ in flight$/)
}, 20_000)

test('Refuses a host that is not this machine before a single request', async () => {
  await expect(runTraffic({ baseUrl: 'http://example.com' })).rejects.toThrow('not this machine')
  await expect(runTraffic({ baseUrl: 'http://127.0.0.1:1', factor: 2 })).rejects.toThrow(
    'at most 1',
  )
})
