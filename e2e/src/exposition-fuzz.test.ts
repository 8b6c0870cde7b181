import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { conventionalBounds, isDimensionValue, outcomes, placeholders } from 'cx-definition'
import { createPrometheusText } from 'cx-metrics/prometheus-text'
import { createRecorder, type JobRecord, type RequestRecord } from 'cx-metrics/recorder'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { parseExposition } from './exposition.ts'
import { startPrometheus } from './own-prometheus.ts'
import { labelSets } from './prometheus.ts'

/** UTF-16 as it comes: NUL, control characters, halves of surrogate pairs. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))
const sharp = ['"', '\\', '\n', '\r', '\0', '\\n', '\\"', '"} 1\n', '\uD800', '\uDC00', '{', '}']
const word = fc.oneof(
  fc.constantFrom('', '/api/documents/:id', '# TYPE cx_requests_total gauge', ...sharp),
  fc
    .array(fc.oneof(fc.constantFrom(...sharp), anyUnit), { maxLength: 8 })
    .map((all) => all.join('')),
  fc.string({ unit: 'grapheme' }),
)
const duration = fc.oneof(
  fc.constantFrom(0, -1, Number.NaN, Infinity, 5e-324, 1e21, Number.MAX_VALUE),
  fc.double({ min: 0, max: 100, noNaN: true }),
)
const request: fc.Arbitrary<RequestRecord> = fc.record({
  customer: fc.oneof(word, fc.constantFrom('contoso', 'fabrikam', undefined)),
  method: fc.oneof(word, fc.constantFrom('GET', 'PUT')),
  route: word,
  statusCode: fc.integer({ min: 100, max: 599 }),
  durationSeconds: duration,
})
const job: fc.Arbitrary<JobRecord> = fc.record({
  customer: word,
  name: word,
  outcome: fc.constantFrom(...outcomes),
  durationSeconds: duration,
})
const records = fc.record({
  service: fc.record({ name: word, environment: word, version: word, commit: word }),
  requests: fc.array(request, { maxLength: 40 }),
  jobs: fc.array(job, { maxLength: 10 }),
})
type Records = typeof records extends fc.Arbitrary<infer Value> ? Value : never

/** The page of a process that recorded these, with nothing held back. */
const pageOf = async ({ jobs, requests, service }: Records): Promise<Uint8Array> => {
  const { commit, environment, name, version } = service
  const recorder = createRecorder({
    catalog: {
      dimension: { name: 'customer', limit: 1000, pinned: [] },
      durationBounds: conventionalBounds,
    },
    build: { version, commit },
  })
  for (const each of requests) recorder.recordRequest(each)
  for (const each of jobs) recorder.recordJob(each)
  const constant = { 'service.name': name, 'deployment.environment.name': environment }
  const text = createPrometheusText(recorder.store, constant)
  text.release()
  const parts: Buffer[] = []
  for await (const part of text.parts()) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

const labelOf = (customer: unknown): string => {
  if (customer === undefined || customer === '') return placeholders.missing
  return isDimensionValue(customer) ? customer : placeholders.malformed
}

const methods = new Set(['GET', 'PUT'])

/** What `cx_requests_total` must say, counted in the plainest way. */
const countsOf = ({ requests }: Records): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { customer, method, route, statusCode } of requests) {
    const labels = [
      labelOf(customer),
      methods.has(method) ? method : '_OTHER',
      // A half of a pair is no Unicode, so no page can hold it.
      route.toWellFormed(),
      String(statusCode),
    ]
    const key = JSON.stringify(labels)
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

const { promtool } = findPrometheus(() => {})

test('whatever was recorded, promtool has nothing to say, and a strict reader finds each count under its labels', async () => {
  await fc.assert(
    fc.asyncProperty(records, async (recorded) => {
      const page = await pageOf(recorded)
      const samples = parseExposition(page)
      const counted = samples.flatMap(({ labels, name, value }) => {
        const { customer, http_request_method, http_response_status_code, http_route } = labels
        const key = [customer, http_request_method, http_route, http_response_status_code]
        return name === 'cx_requests_total' ? [[JSON.stringify(key), value]] : []
      })
      expect(Object.fromEntries(counted)).toEqual(countsOf(recorded))
      for (const { labels } of samples) {
        expect(labels.service_name).toBe(recorded.service.name.toWellFormed())
        expect(labels.deployment_environment_name).toBe(recorded.service.environment.toWellFormed())
      }
      const { status, stderr, stdout } = spawnSync(promtool, ['check', 'metrics'], { input: page })
      expect([status, String(stdout), String(stderr)]).toEqual([0, '', ''])
    }),
    { numRuns: 60 },
  )
})

test('names that differ in broken characters alone share their series', async () => {
  const broken = ['\uD800', '\uDC00'].map((name) => ({
    name,
    customer: 'contoso',
    durationSeconds: 1,
  }))
  const page = await pageOf({
    service: { name: 's', environment: 'e', version: '1', commit: 'c' },
    requests: broken.map(({ name, ...rest }) => ({
      ...rest,
      route: name,
      method: 'GET',
      statusCode: 200,
    })),
    jobs: broken.map((each) => ({ ...each, outcome: 'success' })),
  })
  expect(() => parseExposition(page)).not.toThrow()
})

test('a real Prometheus takes the page whole, and gives every label back as it was', async () => {
  const recorded = fc.sample(records, { numRuns: 30, seed: 1 })
  const all: Records = {
    service: { name: 'some "service"\\', environment: 'a\nb', version: '\0', commit: '\r' },
    requests: recorded.flatMap(({ requests }) => requests),
    jobs: recorded.flatMap(({ jobs }) => jobs),
  }
  const page = await pageOf(all)
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(page)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const instance = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const prometheus = await startPrometheus({ fuzz: `http://${instance}/metrics` })
  const written = parseExposition(page).map(({ labels, name }) =>
    keyOf({ __name__: name, job: 'fuzz', instance, ...labels }),
  )
  const kept = async () =>
    (await labelSets('{__name__=~"cx_.*"}', prometheus)).map(keyOf).toSorted()
  await expect.poll(kept, { timeout: 30_000, interval: 500 }).toEqual(written.toSorted())
})

/** Prometheus leaves out labels that are empty, and from version 3 on writes bounds in its own way. */
const keyOf = ({ le, ...labels }: Readonly<Record<string, string>>): string =>
  JSON.stringify([
    le && Number(le),
    ...Object.entries(labels)
      .filter(([, value]) => value !== '')
      .toSorted(),
  ])
