import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MadeSeries } from './made-series.ts'
import { openPartLoader, type PartLoader } from './part-loader.ts'
import type { PartKey } from './part-keys.ts'
import type { SyntheticPart } from './synthetic-parts.ts'

const made = (name: string): MadeSeries => ({
  name,
  labels: {},
  kind: 'counter',
  perSecond: 1,
  share: 1,
  spells: [],
  flow: name,
  isWhole: true,
})
const rule = { record: 'recorded', expr: 'a', labels: {} }
const parts: Readonly<Record<string, SyntheticPart>> = {
  start: { needs: [], series: [made('start')], rules: [] },
  one: { needs: [{ kind: 'app', name: 'two' }], series: [made('a')], rules: [] },
  two: {
    needs: [],
    series: [made('a'), made('b')],
    rules: [{ name: 'r', groups: [{ name: 'g', interval: '1m', rules: [rule] }] }],
  },
  three: { needs: [], series: [made('b'), made('c')], rules: [] },
}

let isRefused: boolean
let asked: string[]
let requests: string[]
let loader: PartLoader
let rulesFolder: string
let stop: () => Promise<unknown>

/** Takes what a Prometheus takes, and has recorded nothing. */
beforeEach(async () => {
  rulesFolder = await mkdtemp(join(tmpdir(), 'rules-'))
  isRefused = false
  asked = []
  requests = []
  const server = Fastify()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  server.post('*', async ({ url }, reply) => {
    requests.push(url)
    if (isRefused) return reply.code(500).send('it is full')
    return { status: 'success', data: { result: [] } }
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  stop = () => server.close()
  const ask = async (key: PartKey) => {
    const name = 'name' in key ? key.name : key.kind
    asked.push(name)
    return parts[name]
  }
  const begin = Math.floor(Date.now() / 60_000) * 60 - 600
  const { signal } = new AbortController()
  loader = openPartLoader({ url, rulesFolder, ask, begin, progress: () => {}, signal })
})
afterEach(async () => {
  await stop()
  await rm(rulesFolder, { recursive: true })
})

const names = () => loader.samplesAt(Date.now() / 1000).map(({ series }) => series.name)

test('What a query names is invented once, with what it needs, however often and at once it is asked.', async () => {
  await loader.start()
  expect(names()).toEqual(['start'])
  const query = 'rate(x{app="one"}[5m])'
  await Promise.all([loader.prepare(query), loader.prepare(query), loader.prepare('y{app="two"}')])
  await loader.prepare(query)
  expect(asked).toEqual(['start', 'one', 'two'])
  expect(names()).toEqual(['start', 'a', 'b'])
  expect(requests.filter((url) => url.startsWith('/api/v1/query_range'))).toHaveLength(1)
  expect(await readdir(rulesFolder)).toHaveLength(1)
  expect(requests.at(-1)).toBe('/-/reload')
})

test('A series that two parts tell of is there once, whenever they are named.', async () => {
  await loader.prepare('x{app="one"}')
  await loader.prepare('x{app="three"}')
  expect(names()).toEqual(['a', 'b', 'c'])
})

test('A query that names nothing that the catalog has asks nothing of Prometheus.', async () => {
  await loader.prepare('up{app="nobody"}')
  await loader.prepare('up')
  expect(requests).toEqual([])
})

test('A refusal is told, and the next query tries again.', async () => {
  isRefused = true
  await expect(loader.prepare('x{app="one"}')).rejects.toThrow('it is full')
  expect(names()).toEqual([])
  isRefused = false
  await loader.prepare('x{app="one"}')
  expect(names()).toEqual(['a', 'b'])
})
