import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  startPreviewServer,
  type PreviewServer,
  type PreviewServerOptions,
} from './preview-server.ts'

const overview = { title: 'CX Overview', description: 'All customers', tags: ['cx'], panels: [] }
let assets: string
let stop: Array<() => Promise<unknown>>

beforeEach(async () => {
  assets = await mkdtemp(join(tmpdir(), 'preview-'))
  await writeFile(join(assets, 'index.html'), '<title>preview</title>')
  await mkdir(join(assets, 'assets'))
  await writeFile(join(assets, 'assets', 'app.js'), 'export {};')
  stop = [() => rm(assets, { recursive: true })]
})
afterEach(async () => {
  for (const end of stop.toReversed()) await end()
})

async function start(changes: Partial<PreviewServerOptions> = {}): Promise<PreviewServer> {
  const server = await startPreviewServer({
    host: '127.0.0.1',
    port: 0,
    assets,
    prometheusUrl: new URL('http://127.0.0.1:9'),
    scrapeIntervalSeconds: 5,
    dashboards: () => [
      { uid: 'cx-overview', title: 'CX Overview', description: 'All customers', tags: ['cx'] },
    ],
    dashboard: async (uid) => (uid === 'cx-overview' ? JSON.stringify(overview) : undefined),
    ...changes,
  })
  stop.push(() => server.close())
  return server
}

/** Echoes what reached it, in place of Prometheus. */
async function startUpstream(): Promise<URL> {
  const upstream = Fastify()
  upstream.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  upstream.all('*', (request) => ({
    method: request.method,
    url: request.url,
    body: request.body ?? null,
    authorization: request.headers.authorization ?? null,
  }))
  const url = await upstream.listen({ host: '127.0.0.1', port: 0 })
  stop.push(() => upstream.close())
  return new URL(url)
}

const json = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers: { host } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

test('The list of dashboards names uid, title, description and tags.', async () => {
  const { url } = await start()
  expect((await json(`${url}/api/dashboards`)).body).toEqual([
    { uid: 'cx-overview', title: 'CX Overview', description: 'All customers', tags: ['cx'] },
  ])
})

test('A dashboard comes as its JSON, an unknown one as 404 with its uid.', async () => {
  const { url } = await start()
  expect((await json(`${url}/api/dashboards/cx-overview`)).body).toEqual(overview)
  const missing = await json(`${url}/api/dashboards/nope`)
  expect(missing).toEqual({
    status: 404,
    body: { message: 'There is no dashboard with the uid "nope".' },
  })
})

test('A dashboard that cannot be built is told in words.', async () => {
  const { url } = await start({ dashboard: () => Promise.reject(new Error('no such panel')) })
  expect(await json(`${url}/api/dashboards/cx-overview`)).toMatchObject({
    status: 500,
    body: { message: 'no such panel' },
  })
})

test('The settings tell the scrape interval.', async () => {
  const { url } = await start({ scrapeIntervalSeconds: 15 })
  expect((await json(`${url}/api/settings`)).body).toEqual({ scrapeIntervalSeconds: 15 })
})

test('A backtest is read anew each time; without one, it says how to give it.', async () => {
  const without = await start()
  expect(await json(`${without.url}/api/backtest`)).toEqual({
    status: 404,
    body: {
      message: 'There is no backtest. Start the preview with --backtest FOLDER/backtest.json.',
    },
  })
  let read = 0
  const { url } = await start({ backtest: async () => JSON.stringify({ read: (read += 1) }) })
  expect((await json(`${url}/api/settings`)).body).toMatchObject({ hasBacktest: true })
  expect((await json(`${url}/api/backtest`)).body).toEqual({ read: 1 })
  expect((await json(`${url}/api/backtest`)).body).toEqual({ read: 2 })
})

test('A backtest that cannot be read is told in words.', async () => {
  const { url } = await start({ backtest: () => Promise.reject(new Error('it is gone')) })
  expect(await json(`${url}/api/backtest`)).toMatchObject({
    status: 500,
    body: { message: 'it is gone' },
  })
})

test('Queries reach Prometheus under its own base path, by GET and by POST, with its credentials.', async () => {
  const upstream = await startUpstream()
  upstream.pathname = '/prom/'
  upstream.username = 'me'
  upstream.password = 'p@ss'
  const { url } = await start({ prometheusUrl: upstream })
  const got = await json(`${url}/api/prometheus/api/v1/query?query=up`)
  expect(got.body).toMatchObject({
    method: 'GET',
    url: '/prom/api/v1/query?query=up',
    authorization: `Basic ${btoa('me:p@ss')}`,
  })
  const posted = await json(`${url}/api/prometheus/api/v1/query_range`, {
    method: 'POST',
    body: new URLSearchParams({ query: 'up' }),
  })
  expect(posted.body).toMatchObject({
    method: 'POST',
    url: '/prom/api/v1/query_range',
    body: 'query=up',
  })
})

test('A query is prepared before it is passed on, and one that cannot be is told as Prometheus would.', async () => {
  const prepared: string[] = []
  const { url } = await start({
    prometheusUrl: await startUpstream(),
    prepare: async (query) => {
      if (query === 'broken') throw new Error('no data')
      prepared.push(query)
    },
  })
  const ask = (query: string) =>
    json(`${url}/api/prometheus/api/v1/query_range`, {
      method: 'POST',
      body: new URLSearchParams({ query, step: '5' }),
    })
  expect((await ask('a{b="c"}')).body['body']).toBe('query=a%7Bb%3D%22c%22%7D&step=5')
  await json(`${url}/api/prometheus/api/v1/series?match[]=one&match[]=two`)
  expect(prepared).toEqual(['a{b="c"}', 'one', 'two'])
  expect(await ask('broken')).toEqual({
    status: 502,
    body: { status: 'error', errorType: 'unavailable', error: 'no data' },
  })
})

test('Only paths that read series reach Prometheus.', async () => {
  const { url } = await start({ prometheusUrl: await startUpstream() })
  const status = async (path: string) => (await json(`${url}/api/prometheus${path}`)).status
  expect(await status('/api/v1/label/customer/values')).toBe(200)
  expect(await status('/api/v1/series?match[]=up')).toBe(200)
  for (const path of [
    '/api/v1/admin/tsdb/snapshot',
    '/api/v1/status/config',
    '/-/quit',
    '/api/v1/label/..%2f..%2fstatus/values',
  ])
    expect(await status(path), path).toBe(404)
})

test('A Prometheus that is down gives 502 and says what to do.', async () => {
  const { url } = await start()
  const { status, body } = await json(`${url}/api/prometheus/api/v1/query?query=up`)
  expect(status).toBe(502)
  expect(body['error']).toMatch(
    /Prometheus at http:\/\/127\.0\.0\.1:9 does not answer .* --prometheus URL/,
  )
})

test('Browsers hear of changes and problems, and the stream ends with the server.', async () => {
  const server = await start()
  const response = await fetch(`${server.url}/api/events`)
  server.changed()
  server.problem('CX_ERR_TARGET\nsecond line')
  await server.close()
  const text = await response.text()
  expect(text).toContain('event: change\ndata: {}\n\n')
  expect(text).toContain('event: problem\ndata: {"message":"CX_ERR_TARGET\\nsecond line"}\n\n')
})

test('A page address gives the app, a missing file or API gives 404.', async () => {
  const { url } = await start()
  const html = { headers: { accept: 'text/html' } }
  for (const path of ['/', '/d/cx-overview/overview?var-customer=a'])
    expect(await (await fetch(url + path, html)).text()).toContain('<title>')
  expect((await fetch(`${url}/assets/app.js`)).headers.get('content-type')).toMatch(/javascript/)
  expect((await fetch(`${url}/assets/missing.js`)).status).toBe(404)
  expect((await fetch(`${url}/api/nothing`, html)).status).toBe(404)
})

test('An address of nothing gives the app, which says so, whoever asks; a uid may look like a file.', async () => {
  const { url } = await start()
  for (const path of ['/nope', '/d/cx.overview']) {
    const response = await fetch(url + path)
    expect(response.headers.get('content-type'), path).toMatch(/text\/html/)
  }
})

test('How a dashboard differs from the published one is told where it is asked for.', async () => {
  const without = await start()
  expect((await json(`${without.url}/api/published/cx-overview`)).status).toBe(404)
  const diff = { state: 'changed', changes: ['title: A → B'], panels: {} } as const
  const { url } = await start({ published: async () => diff })
  expect((await json(`${url}/api/settings`)).body).toMatchObject({ hasPublished: true })
  expect((await json(`${url}/api/published/cx-overview`)).body).toEqual(diff)
  expect((await json(`${url}/api/published/nope`)).status).toBe(404)
})

test('A Grafana that cannot be asked is told in words.', async () => {
  const { url } = await start({ published: () => Promise.reject(new Error('it is down')) })
  expect(await json(`${url}/api/published/cx-overview`)).toMatchObject({
    status: 500,
    body: { message: 'it is down' },
  })
})

test('A foreign Host header is refused, so that DNS rebinding reads nothing.', async () => {
  const { url } = await start()
  const { port } = new URL(url)
  expect(await statusWithHost(`${url}/api/dashboards`, `evil.example:${port}`)).toBe(403)
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(await statusWithHost(`${url}/api/dashboards`, `${host}:${port}`)).toBe(200)
})

test('A taken port is an error that names the port and the remedy.', async () => {
  const blocker = createServer()
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
  stop.push(() => new Promise((resolve) => blocker.close(resolve)))
  const { port } = blocker.address() as { port: number }
  await expect(start({ port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another: --port ${port + 1}`,
  )
})

test('Assets that were not built are an error that says how to build them.', async () => {
  await expect(start({ assets: join(assets, 'nowhere') })).rejects.toThrow(
    /no index\.html .* npm run build/,
  )
})

test('A runbook is a page to browsers and text to others, and one that is not there gives 404.', async () => {
  const { url } = await start({ runbooks: async () => new Map([['runbooks/a.md', '# Why\n']]) })
  const found = await fetch(`${url}/runbooks/a.md`)
  expect(found.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(await found.text()).toBe('# Why\n')
  const page = await fetch(`${url}/runbooks/a.md`, { headers: { accept: 'text/html, */*' } })
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('vary')).toContain('accept')
  expect((await fetch(`${url}/runbooks/b.md`)).status).toBe(404)
})
