import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastifyHttpProxy from '@fastify/http-proxy'
import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { prometheusProxyOptions } from './prometheus-proxy.ts'
import { tellOutages } from './tell-outages.ts'

let stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop()
  stops = []
})

const serve = async (answer: RequestListener, port = 0) => {
  const server = createServer(answer).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { close, port: (server.address() as AddressInfo).port }
}

const healthy: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'application/json').end('{"status":"success","data":{}}')
}

/** What is told while a preview's proxy passes questions on to this port. */
const watch = async (port: number, patienceMs = 600_000) => {
  const prometheusUrl = new URL(`http://127.0.0.1:${port}`)
  const proxy = Fastify({ forceCloseConnections: true })
  let asked = 0
  proxy.addHook('onRequest', async () => {
    asked += 1
  })
  await proxy.register(fastifyHttpProxy, prometheusProxyOptions(prometheusUrl))
  const previewUrl = await proxy.listen({ host: '127.0.0.1', port: 0 })
  stops.push(() => proxy.close())
  const end = new AbortController()
  const lines: string[] = []
  const told = tellOutages({
    previewUrl,
    prometheusUrl,
    pauseMs: 5,
    patienceMs,
    signal: end.signal,
    tell: (line) => lines.push(line),
  })
  const stop = async () => {
    end.abort()
    await told
  }
  stops.push(stop)
  const askedAgain = (times: number) => {
    const goal = asked + times
    return expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThanOrEqual(goal)
  }
  const line = (number: number) =>
    expect.poll(() => lines[number - 1], { timeout: 20_000 }).toBeDefined()
  return { askedAgain, line, lines, stop }
}

test('An outage is told once, with the remedy, and its end once, however often is asked.', async () => {
  const first = await serve(healthy)
  const { askedAgain, line, lines, stop } = await watch(first.port)
  await askedAgain(3)
  expect(lines).toEqual([])
  await first.close()
  await line(1)
  await askedAgain(3)
  const second = await serve(healthy, first.port)
  await line(2)
  await askedAgain(3)
  await second.close()
  await line(3)
  await stop()
  const outage = new RegExp(
    `^panels are empty\\. Prometheus at http://127\\.0\\.0\\.1:${first.port} does not answer \\(.+--prometheus URL$`,
  )
  expect(lines).toEqual([
    expect.stringMatching(outage),
    'Prometheus answers again.',
    expect.stringMatching(outage),
  ])
})

test.for([
  [200, 'text/html', '<h1>Log in</h1>'],
  [401, 'text/plain', 'Unauthorized'],
  [404, 'application/json', '{"message":"Not found"}'],
] as const)('A server that answers %i with %s is no Prometheus.', async ([status, type, text]) => {
  const server = await serve((_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  stops.push(server.close)
  const { line, lines } = await watch(server.port)
  await line(1)
  expect(lines[0]).toContain(`127.0.0.1:${server.port} answered ${status}, not as a Prometheus`)
  expect(lines[0]).toContain('--prometheus https://USER:PASSWORD@HOST')
})

test('One that takes a question and never answers is told as well.', async () => {
  const server = await serve(() => {})
  stops.push(server.close)
  const { line, lines } = await watch(server.port, 100)
  await line(1)
  expect(lines[0]).toContain(`127.0.0.1:${server.port} does not answer within 0.1 seconds`)
})

test('Who ends the preview does not wait for a server that never answers.', async () => {
  const { promise: reached, resolve } = Promise.withResolvers<void>()
  const server = await serve(() => resolve())
  stops.push(server.close)
  const { lines, stop } = await watch(server.port)
  await reached
  await stop()
  expect(lines).toEqual([])
})
