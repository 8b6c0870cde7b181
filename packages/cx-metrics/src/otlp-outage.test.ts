import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { startProgram } from '../fixtures/program.ts'

const customers = 50

const program = `
  import { startMetrics } from 'cx-metrics/node'
  import { catalog } from 'cx-definition'
  const { ready, recorder } = startMetrics({
    catalog: catalog({ owners: [], features: [] }),
    service: { name: 'pushing', version: '1.2.3' },
  })
  let recorded = 0
  const record = () => {
    for (let times = 0; times < 100; times += 1)
      recorder.recordRequest({
        customer: 'customer-' + (recorded++ % ${customers}), method: 'GET', route: '/', statusCode: 200, durationSeconds: 0.2,
      })
  }
  const timer = setInterval(record, 10)
  const told = {
    heap: () => { gc(); gc(); return process.memoryUsage().heapUsed },
    stop: () => { clearInterval(timer); return recorded },
  }
  process.on('message', (what) => process.send(told[what]()))
  ready.then(() => console.log('ready'), (error) => console.log(error.message))
`

/** A fake of an OTLP receiver that can be away, or take what is sent and never answer. */
const startReceiver = async () => {
  const state = { mode: 'away' as 'away' | 'silent' | 'there', tries: 0, last: '' }
  const server = createServer(async (request, response) => {
    state.tries += 1
    if (state.mode === 'away') return void request.destroy()
    const body = await text(request)
    if (state.mode === 'silent') return
    state.last = body
    response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, state }
}

const start = async (endpoint: string, env: Readonly<Record<string, string>> = {}) => {
  const running = await startProgram({
    args: ['--expose-gc', '--input-type=module', '--eval', program],
    env: {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_LOG_LEVEL: 'warn',
      ...env,
    },
  })
  const ask = async (what: 'heap' | 'stop'): Promise<number> => {
    running.child.send(what)
    const [answer] = await once(running.child, 'message')
    return answer
  }
  return { ...running, ask }
}

/** Of the last push: the value of each series. */
const countsIn = (push: string): number[] => {
  const { resourceMetrics } = JSON.parse(push)
  const metrics = resourceMetrics[0].scopeMetrics.flatMap((scope: { metrics: [] }) => scope.metrics)
  const { sum } = metrics.find(({ name }: { name: string }) => name === 'cx_requests_total')
  return sum.dataPoints.map(({ asDouble }: { asDouble: number }) => asDouble)
}

test(
  'an endpoint that is away for as many pushes as an hour has costs a line for each, no memory and no count',
  { timeout: 120_000 },
  async () => {
    const { endpoint, state } = await startReceiver()
    const interval = 50
    const began = performance.now()
    const { ask, errors } = await start(endpoint, {
      OTEL_METRIC_EXPORT_INTERVAL: String(interval),
      OTEL_METRIC_EXPORT_TIMEOUT: String(interval),
    })
    const failures = () => errors.filter((line) => line.includes('metrics export')).length
    await eventually(failures, 100_000).toBeGreaterThan(20)
    const before = await ask('heap')
    await eventually(failures, 100_000).toBeGreaterThan(80)
    const grown = (await ask('heap')) - before
    expect(grown).toBeLessThan(1_000_000)
    // A busy machine has fewer pushes in the time, never more.
    expect(errors.length).toBeLessThanOrEqual((performance.now() - began) / interval)

    state.mode = 'there'
    const recorded = await ask('stop')
    await eventually(() => state.last !== '').toBe(true)
    const pushed = () => countsIn(state.last).reduce((sum, count) => sum + count, 0)
    await eventually(pushed).toBe(recorded)
    expect(countsIn(state.last)).toHaveLength(customers)
  },
)

test('an endpoint that never answers keeps a process that is told to end no longer than its time-out', async () => {
  const { endpoint, state } = await startReceiver()
  state.mode = 'silent'
  const { child, ended } = await start(endpoint, { OTEL_EXPORTER_OTLP_TIMEOUT: '500' })
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
  expect(state.tries).toBe(1)
})

test('an interval that is shorter than the usual time-out shortens that', async () => {
  const { endpoint } = await startReceiver()
  const { lines } = await start(endpoint, { OTEL_METRIC_EXPORT_INTERVAL: '5000' })
  expect(lines).toEqual(['ready'])
})
