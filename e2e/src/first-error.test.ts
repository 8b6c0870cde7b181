import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { startPrometheus } from './own-prometheus.ts'

const breakage = (method: string, body?: object) =>
  fetch(`${inject('urls').service}/breakage`, {
    method,
    ...(body
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : {}),
  })

test('the first error ever of a quiet customer is seen by each of two scrapers', async () => {
  const { metrics } = inject('urls')
  // As a pair of them would scrape it.
  const prometheus = await startPrometheus({ one: metrics, two: metrics })
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
