import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { runJourneys } from './journeys.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

interface Seen {
  readonly line: string
  readonly cookie: string | undefined
  readonly body: string
}

/** Answers all but what is to fail, and gives a cookie at the first step. */
const serve = async (fails: (line: string) => boolean = () => false) => {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`
    seen.push({ line, cookie: request.headers.cookie, body: await text(request) })
    if (line === 'POST /api/signup/account') response.setHeader('set-cookie', 'signup=x; HttpOnly')
    response.writeHead(fails(line) ? 500 : 200).end('{}')
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return { seen, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const beaconsIn = (seen: readonly Seen[]) =>
  seen
    .filter(({ line }) => line === 'POST /cx/beacon')
    .map(({ body }) => JSON.parse(body) as { app: string; events: Record<string, unknown>[] })

test('Without a browser the same requests are made, and the same is told', async () => {
  const { baseUrl, seen } = await serve()
  const summary = await runJourneys({ baseUrl, count: 1, random: () => 0.5 })
  expect(summary).toEqual({ journeys: 1, completed: 1, failures: 0, lost: 0 })
  expect(seen.map(({ line }) => line).filter((line) => line.startsWith('POST'))).toEqual([
    'POST /api/signup/account',
    'POST /api/signup/company',
    'POST /api/signup/password',
    'POST /api/signup/confirm',
    'POST /cx/beacon',
    'POST /api/account/welcomed',
    'POST /cx/beacon',
  ])
  expect(seen.at(-2)?.cookie).toBe('signup=x')
  const steps = beaconsIn(seen).map(({ app, events }) => [
    app,
    ...events.filter(({ type }) => type === 'step').map(({ event, step }) => `${step} ${event}`),
  ])
  expect(steps).toEqual([
    [
      'signup-web',
      ...['account', 'company', 'password', 'confirm'].flatMap((step) => [
        `${step} entered`,
        `${step} completed`,
      ]),
    ],
    ['product-web', 'documents entered', 'documents completed'],
  ])
})

test('A step that fails is told, and so is who answers for it', async () => {
  const { baseUrl, seen } = await serve((line) => line === 'POST /api/signup/company')
  const summary = await runJourneys({ baseUrl, count: 1, random: () => 0.5 })
  expect(summary).toMatchObject({ journeys: 1, completed: 0, failures: 1 })
  const [{ app, events } = { app: '', events: [] }] = beaconsIn(seen)
  expect(app).toBe('signup-web')
  expect(events).toContainEqual(expect.objectContaining({ step: 'company', event: 'failed' }))
  expect(events).toContainEqual(expect.objectContaining({ type: 'error', owner: 'growth' }))
})

test('Ends when it is told to, and counts what came to no end', async () => {
  const { baseUrl } = await serve()
  servers[0]?.removeAllListeners('request')
  const summary = await runJourneys({ baseUrl, signal: AbortSignal.timeout(1000) })
  expect(summary.journeys).toBeGreaterThan(0)
  expect(summary.lost).toBe(summary.journeys)
})

test('Refuses a host that is not this machine', async () => {
  await expect(runJourneys({ baseUrl: 'http://example.com', count: 1 })).rejects.toThrow(
    'not this machine',
  )
})
