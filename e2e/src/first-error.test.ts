import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, inject, test } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { startPart, untilReady } from '../../scripts/stack/part.ts'
import { freePorts } from '../../scripts/stack/ports.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

/** A Prometheus that scrapes the stack's service twice, as a pair of them would. */
const startPair = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-pair-'))
  stops.push(() => rm(folder, { recursive: true, force: true }))
  const target = [{ targets: [new URL(inject('urls').metrics).host] }]
  const config = join(folder, 'prometheus.json')
  await writeFile(
    config,
    JSON.stringify({
      global: { scrape_interval: '1s' },
      scrape_configs: ['one', 'two'].map((name) => ({ job_name: name, static_configs: target })),
    }),
  )
  const { prometheus: port } = await freePorts()
  const url = `http://127.0.0.1:${port}`
  const part = startPart({
    name: 'prometheus',
    command: findPrometheus(() => {}).prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    cwd: folder,
    log: () => {},
  })
  stops.push(part.stop)
  await untilReady(`${url}/-/ready`, part)
  return url
}

const breakage = (method: string, body?: object) =>
  fetch(`${inject('urls').service}/breakage`, {
    method,
    ...(body
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : {}),
  })

test('the first error ever of a quiet customer is seen by each of two scrapers', async () => {
  const prometheus = await startPair()
  // Several scrapes, so that how often they come is known.
  await sleep(8000)
  await breakage('PUT', { mode: 'errors', customer: 'quiet' })
  const { status } = await fetch(`${inject('urls').service}/api/documents/1`, {
    headers: { 'x-app-customer': 'quiet' },
  })
  expect(status).toBe(500)
  await breakage('DELETE')
  await sleep(8000)
  const query =
    'sum by (job) (increase(cx_requests_total{customer="quiet",outcome="server_error"}[1m]))'
  const response = await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query })}`)
  const { data } = (await response.json()) as {
    data: { result: { metric: { job: string }; value: [number, string] }[] }
  }
  expect(data.result.map(({ metric }) => metric.job).toSorted()).toEqual(['one', 'two'])
  // increase() extrapolates to the window's edges.
  for (const { value } of data.result) expect(Number(value[1])).toBeGreaterThanOrEqual(1)
})
