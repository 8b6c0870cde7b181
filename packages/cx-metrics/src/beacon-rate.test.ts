import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { beacon, startBeaconService } from '../fixtures/beacon-service.ts'

const session = beacon({ type: 'session', count: 1 })
const windowMilliseconds = 10_000

// Time stands still unless a test moves it: however slow the machine, a burst falls into one window.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const tallied = (statuses: readonly number[]) =>
  Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      statuses.filter((each) => each === status).length,
    ]),
  )

test('a client that sends a thousand a second is held at a hundred in ten seconds, over real sockets; others notice nothing', async () => {
  const { app, counted } = await startBeaconService({}, { trustProxy: true })
  app.get('/own', async () => 'done')
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  onTestFinished(() => agent.destroy())
  /** Through a proxy that says who it is for. */
  const send = (client: string, path = '/cx/beacon', body?: string) =>
    new Promise<number>((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST'
      const headers = {
        host: `127.0.0.1:${port}`,
        origin: `http://127.0.0.1:${port}`,
        'content-type': 'text/plain',
        'x-forwarded-for': client,
      }
      const options = { host: '127.0.0.1', port, path, method, headers, agent }
      request(options, (response) => {
        response.resume().once('end', () => resolve(response.statusCode as number))
      })
        .once('error', reject)
        .end(body)
    })

  const others: Promise<number>[] = []
  const flood = Array.from({ length: 1000 }, (_, sent) => {
    if (sent % 50 === 0)
      others.push(send('10.0.0.2', '/cx/beacon', session), send('10.0.0.2', '/own'))
    return send('10.0.0.1', '/cx/beacon', session)
  })
  expect(tallied(await Promise.all(flood))).toEqual({ 204: 100, 429: 900 })
  expect(tallied(await Promise.all(others))).toEqual({ 200: 20, 204: 20 })
  expect(counted().filter((line) => !line.startsWith('cx_request'))).toEqual([
    'cx_sessions_total signup-web 120',
    'cx_beacon_rejected_total rate 900',
  ])
})

test('what is too much is refused unread, and let in again when the ten seconds are over', async () => {
  const { counted, post } = await startBeaconService()
  const send = async (times: number, body: string) => {
    const answers: number[] = []
    for (let sent = 0; sent < times; sent += 1) answers.push((await post(body)).statusCode)
    return tallied(answers)
  }
  expect(await send(100, session)).toEqual({ 204: 100 })
  expect(await send(10, 'x'.repeat(10_000_000))).toEqual({ 429: 10 })
  vi.setSystemTime(Date.now() + windowMilliseconds)
  expect(await send(101, session)).toEqual({ 204: 100, 429: 1 })
  expect(counted()).toEqual([
    'cx_sessions_total signup-web 200',
    'cx_beacon_rejected_total rate 11',
  ])
})

test('a client that has a network of IPv6 addresses is one', async () => {
  const { post } = await startBeaconService()
  const answers: number[] = []
  for (let sent = 0; sent < 200; sent += 1) {
    const { statusCode } = await post(session, { remoteAddress: `2001:db8::${sent.toString(16)}` })
    answers.push(statusCode)
  }
  expect(tallied(answers)).toEqual({ 204: 100, 429: 100 })
})

test('the addresses that are remembered have a bound', async () => {
  const { post } = await startBeaconService()
  const from = async (remoteAddress: string) => (await post(session, { remoteAddress })).statusCode
  for (let sent = 0; sent < 100; sent += 1) await from('10.255.0.1')
  expect(await from('10.255.0.1')).toBe(429)
  for (let other = 0; other < 10_000; other += 1) await from(`10.0.${other >> 8}.${other & 255}`)
  // Forgotten, since so many came after it.
  expect(await from('10.255.0.1')).toBe(204)
})
