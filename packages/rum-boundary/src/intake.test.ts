import { createServer } from 'node:http'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { coarseAgent } from './coarse-agent.ts'
import { inSlices } from './in-slices.ts'
import rumIntake, { type DropReason } from './intake.ts'
import { upstreamOf } from './intake-forward.ts'
import { scrubSheet } from './scrub-css.ts'
import type { Statics } from './scrub-statics.ts'
import { standInVendor } from './testing/stand-in-vendor.ts'

const statics: Statics = { texts: ['Sign up'], names: ['card'], pages: ['/signup'], routes: [] }
const applicationId = '11111111-2222-4333-8444-555555555555'
const closing: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const server of closing.splice(0).toReversed()) await server.close()
})

const vendor = async () => {
  const stand = await standInVendor()
  closing.push(stand)
  return stand
}

const serve = async (
  upstream: string,
): Promise<{ app: FastifyInstance; dropped: DropReason[] }> => {
  const app = Fastify({ forceCloseConnections: true })
  closing.push(app)
  const dropped: DropReason[] = []
  await app.register(rumIntake, {
    apps: { 'signup-web': { applicationId, clientToken: 'pub-ours', preset: 'signup', statics } },
    upstream,
    dropped: (reason) => void dropped.push(reason),
  })
  return { app, dropped }
}

const forwardTo = (path: string) =>
  `/cx/rum/signup-web?ddforward=${encodeURIComponent(`${path}?ddsource=browser&dd-api-key=pub-theirs&dd-evp-origin-version=7.16.2&dd-request-id=jane&jane=jane`)}`

const post = (
  app: FastifyInstance,
  body: string | Buffer,
  {
    url = forwardTo('/api/v2/rum'),
    headers = {},
  }: { url?: string | undefined; headers?: Record<string, string> } = {},
) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body,
  })

const view = {
  type: 'view',
  date: 1000,
  application: { id: applicationId },
  view: { id: applicationId, url: 'https://x.example/signup?jane' },
  service: 'jane',
  version: 'jane',
  ddtags: 'sdk_version:7.16.2,env:prod,service:jane,version:1.2.3,jane:jane,jane',
}

const replayBody = async (segment: Buffer, contentType?: string) => {
  const form = new FormData()
  form.append('segment', new Blob([new Uint8Array(segment)]), 'jane')
  form.append('event', new Blob(['{"jane":"jane"}'], { type: 'application/json' }))
  const response = new Response(form)
  return {
    body: Buffer.from(await response.arrayBuffer()),
    options: {
      url: forwardTo('/api/v2/replay'),
      headers: { 'content-type': contentType ?? response.headers.get('content-type')! },
    },
  }
}

const segment = (records: unknown[]) => ({
  application: { id: applicationId },
  session: { id: applicationId },
  view: { id: applicationId },
  start: 1,
  end: 2,
  source: 'browser',
  creation_reason: 'init',
  jane: 'jane',
  records,
})

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 10_000, interval: 20 })

test('an event goes on rebuilt, under our own token, name and headers', async () => {
  const { sent, url } = await vendor()
  const { app, dropped } = await serve(url)
  const { statusCode } = await post(app, JSON.stringify(view), {
    headers: {
      cookie: 'jane',
      referer: 'http://jane',
      'user-agent': 'Mozilla/5.0 (Windows NT 11.3; jane) Gecko/20100101 Firefox/140.0 jane',
      'x-forwarded-for': '203.0.113.9',
    },
  })
  expect(statusCode).toBe(202)
  await eventually(() => sent.length).toBe(1)
  const [{ events, headers, path, text }] = sent as [(typeof sent)[number]]
  expect(events).toEqual([
    {
      type: 'view',
      date: 1000,
      application: { id: applicationId },
      view: { id: applicationId, url: 'https://page.invalid/signup' },
      service: 'signup-web',
      version: '1.2.3',
      ddtags: 'sdk_version:7.16.2,env:prod,version:1.2.3,service:signup-web',
    },
  ])
  expect(path).toBe('/api/v2/rum')
  expect(text).toContain('dd-api-key=pub-ours')
  expect(text).not.toMatch(/jane|theirs|203\.0\.113/)
  expect(headers['user-agent']).toBe(
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  )
  expect(dropped).toEqual([])
})

test('an error that waited for the SDK gets the time when it happened', async () => {
  const { sent, url } = await vendor()
  const { app } = await serve(url)
  const error = (at: number) =>
    JSON.stringify({
      ...view,
      type: 'error',
      date: 5_000_000,
      error: { source: 'custom' },
      context: { team: 'growth', at },
    })
  await post(app, [error(4_999_000), error(1), error(6_000_000)].join('\n'))
  await eventually(() => sent.length).toBe(1)
  expect(sent[0]?.events.map(({ date }) => date)).toEqual([4_999_000, 5_000_000, 5_000_000])
})

test('a batch may come deflated', async () => {
  const { sent, url } = await vendor()
  const { app } = await serve(url)
  const packed = deflateSync(JSON.stringify(view))
  await post(app, packed, {
    url: `${forwardTo('/api/v2/rum')}${encodeURIComponent('&dd-evp-encoding=deflate')}`,
  })
  await eventually(() => sent[0]?.events.length).toBe(1)
})

test('a replay goes on with its sizes and counts made anew', async () => {
  const { sent, url } = await vendor()
  const { app, dropped } = await serve(url)
  const records = [
    { type: 7, timestamp: 1, jane: 'jane' },
    { type: 99, jane: 'jane' },
    {
      type: 12,
      timestamp: 2,
      data: [
        [11, [4, 'jane', 'Sign up']],
        [4, [1, 0], [2, 1]],
      ],
    },
  ]
  const { body, options } = await replayBody(deflateSync(JSON.stringify(segment(records))))
  expect((await post(app, body, options)).statusCode).toBe(202)
  await eventually(() => sent.length).toBe(1)
  const [{ path, segments, text }] = sent as [(typeof sent)[number]]
  expect(path).toBe('/api/v2/replay')
  expect(segments).toEqual([
    {
      application: { id: applicationId },
      session: { id: applicationId },
      view: { id: applicationId },
      start: 1,
      end: 2,
      source: 'browser',
      creation_reason: 'init',
      records_count: 2,
      records: [
        { type: 7, timestamp: 1 },
        {
          type: 12,
          timestamp: 2,
          data: [
            [11, [4, 'xxxxxxx', 'Sign up']],
            [4, [1, 0], [2, 1]],
          ],
        },
      ],
    },
  ])
  expect(text).toMatch(/"raw_segment_size":\d+,"compressed_segment_size":\d+/)
  expect(text).toContain(`${applicationId}-1`)
  expect(text).not.toContain('jane')
  expect(dropped).toEqual(['record'])
})

describe('not taken is', () => {
  test.for([
    ['another track', forwardTo('/api/v2/profile')],
    ['logs', forwardTo('/api/v2/logs')],
    ['a way around', forwardTo('/api/v2/rum/../replay')],
    [
      'another host',
      `/cx/rum/signup-web?ddforward=${encodeURIComponent('//evil.example/api/v2/rum?x')}`,
    ],
    [
      'an address',
      `/cx/rum/signup-web?ddforward=${encodeURIComponent('https://evil.example/api/v2/rum?x')}`,
    ],
    ['no forwarding', '/cx/rum/signup-web'],
    ['two forwardings', '/cx/rum/signup-web?ddforward=/api/v2/rum?x&ddforward=/api/v2/rum?x'],
    ['an unknown app', forwardTo('/api/v2/rum').replace('signup-web', 'jane')],
    ['an app that every object has', forwardTo('/api/v2/rum').replace('signup-web', 'constructor')],
  ])('%s', async ([, url]) => {
    const { sent, url: upstream } = await vendor()
    const { app, dropped } = await serve(upstream)
    expect((await post(app, JSON.stringify(view), { url })).statusCode).toBe(404)
    expect(dropped).toHaveLength(1)
    expect(sent).toEqual([])
  })

  test('what a page of another site sends', async () => {
    const { app } = await serve('http://127.0.0.1:9')
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await post(app, JSON.stringify(view), { headers })).statusCode).toBe(404)
  })

  test('a body of more than two megabytes', async () => {
    const { app } = await serve('http://127.0.0.1:9')
    expect((await post(app, 'x'.repeat(2_000_001))).statusCode).toBe(413)
  })
})

test('nothing of a request stands in the log', async () => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const app = Fastify({ logger: { level: 'trace', stream }, forceCloseConnections: true })
  closing.push(app)
  await app.register(rumIntake, {
    apps: { 'signup-web': { applicationId, clientToken: 'pub-ours', preset: 'signup', statics } },
    upstream: 'http://127.0.0.1:9',
  })
  const jane = JSON.stringify({ ...view, usr: 'jane' })
  const { body, options } = await replayBody(Buffer.from('jane'))
  await post(app, jane)
  await post(app, 'jane')
  await post(app, body, options)
  await post(app, jane.repeat(50_000))
  await post(app, jane, { url: `/cx/rum/jane?jane=jane` })
  await eventually(() => lines.filter((line) => line.includes('"reason":"upstream"')).length).toBe(
    1,
  )
  const reasons = lines.flatMap((line) => /"reason":"(\w+)"/.exec(line)?.[1] ?? [])
  expect(reasons.toSorted()).toEqual(['app', 'event', 'malformed', 'malformed', 'upstream'])
  expect(lines.join('')).not.toContain('jane')
})

describe('dropped and counted is', () => {
  test.for<[string, string | Buffer, DropReason]>([
    ['no JSON', 'jane', 'event'],
    [
      'an event of another application',
      JSON.stringify({ ...view, application: { id: '22222222-2222-4333-8444-555555555555' } }),
      'event',
    ],
    ['an event of an unknown type', JSON.stringify({ ...view, type: 'jane' }), 'event'],
    ['nothing', '', 'event'],
  ])('%s', async ([, body, reason]) => {
    const { sent, url } = await vendor()
    const { app, dropped } = await serve(url)
    await post(app, body)
    await eventually(() => dropped).toEqual([reason])
    expect(sent).toEqual([])
  })

  test.for<[string, () => Buffer, DropReason]>([
    ['a replay that is not packed', () => Buffer.from('jane'), 'malformed'],
    ['a replay that is no JSON', () => deflateSync('jane'), 'malformed'],
    [
      'a replay that unpacks to much more',
      () => deflateSync(Buffer.alloc(100_000_000)),
      'malformed',
    ],
    ['a replay without records', () => deflateSync('{}'), 'segment'],
    [
      'a replay of another application',
      () =>
        deflateSync(
          JSON.stringify({
            ...segment([{ type: 7 }]),
            application: { id: '22222222-2222-4333-8444-555555555555' },
          }),
        ),
      'segment',
    ],
  ])('%s', async ([, pack, reason]) => {
    const { sent, url } = await vendor()
    const { app, dropped } = await serve(url)
    const { body, options } = await replayBody(pack())
    expect((await post(app, body, options)).statusCode).toBe(202)
    await eventually(() => dropped).toEqual([reason])
    expect(sent).toEqual([])
  })

  test('whatever else the bytes are', async () => {
    const { sent, url } = await vendor()
    const { app } = await serve(url)
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 500 }),
        fc.constantFrom('/api/v2/rum', '/api/v2/replay'),
        fc.constantFrom(
          'text/plain',
          'multipart/form-data',
          'multipart/form-data; boundary=x',
          'jane',
          'application/json',
        ),
        async (bytes, track, type) => {
          const { statusCode } = await post(app, Buffer.from(bytes), {
            url: forwardTo(track),
            headers: { 'content-type': type },
          })
          expect([202, 400, 415]).toContain(statusCode)
        },
      ),
      { numRuns: 100 },
    )
    expect(sent).toEqual([])
  })
})

describe('Datadog’s pace is not the page’s', () => {
  test('when it is down the page is answered, and the loss is counted after a second try', async () => {
    const { app, dropped } = await serve('http://127.0.0.1:9')
    expect((await post(app, JSON.stringify(view))).statusCode).toBe(202)
    await eventually(() => dropped).toEqual(['upstream'])
  })

  test('what it refuses is not sent again', async () => {
    let requests = 0
    const refusing = createServer((_request, response) => {
      requests += 1
      response.writeHead(403).end()
    })
    const url = await listening(refusing)
    const { app, dropped } = await serve(url)
    await post(app, JSON.stringify(view))
    await eventually(() => dropped).toEqual(['upstream'])
    expect(requests).toBe(1)
  })

  test('when it does not answer, pages are until too much waits; closing waits for none of it', async () => {
    const silent = createServer(() => {})
    const { app, dropped } = await serve(await listening(silent))
    const codes: number[] = []
    for (let count = 0; count < 220; count += 1)
      codes.push((await post(app, JSON.stringify(view))).statusCode)
    expect(codes.slice(0, 200)).toEqual(Array.from({ length: 200 }, () => 202))
    expect(codes.at(-1)).toBe(429)
    expect(dropped).toContain('overload')
    await app.close()
  })
})

const listening = async (server: ReturnType<typeof createServer>): Promise<string> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closing.push({
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  })
  const address = server.address() as { port: number }
  return `http://127.0.0.1:${address.port}`
}

test('while a large sheet is cleaned others have their turn', async () => {
  const css = '.card p{display:flex;margin:0 auto;border:1px solid #ccc}'.repeat(4000)
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  const started = performance.now()
  const result = await inSlices(scrubSheet(css, statics))
  clearInterval(timer)
  console.log(
    `a sheet of ${css.length} bytes took ${Math.round(performance.now() - started)} ms, in ${turns + 1} slices or more`,
  )
  expect(result.css.length).toBeGreaterThan(200_000)
  expect(turns).toBeGreaterThan(2)
})

test('Datadog’s hosts are the SDK’s', () => {
  expect(upstreamOf('datadoghq.com')).toBe('https://browser-intake-datadoghq.com')
  expect(upstreamOf('us3.datadoghq.com')).toBe('https://browser-intake-us3-datadoghq.com')
})

test.for([
  [undefined, 'rum-boundary'],
  ['jane', 'rum-boundary'],
  [
    'Mozilla/5.0 (Linux; Android 14; SM-S918B jane) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.39 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/537.36 (KHTML, like Gecko) Version/18.0 Safari/537.36',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
  ],
])('of a user agent no more is told than kind and version: %s', ([given, told]) => {
  expect(coarseAgent(given)).toBe(told)
})
