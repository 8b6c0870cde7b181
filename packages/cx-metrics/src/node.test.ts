import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

// OpenTelemetry is global to a process, and signals are too, so each test has a process of its own.
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const program = `
  import { startMetrics } from 'cx-metrics/node'
  import { owner, catalog } from 'cx-definition'
  const metrics = startMetrics({
    catalog: catalog({ owners: [owner('platform')], features: [] }),
    service: { name: 'some-service', version: '1.2.3', commit: 'abc' },
  })
  const request = () => metrics.recorder.recordRequest(
    { customer: 'contoso', method: 'GET', route: '/', statusCode: 200, durationSeconds: 0.2 })
  request()
  setInterval(() => {}, 1000)
  process.on('message', request)
  metrics.ready.then(() => console.log('ready'), (error) => console.log('not ready: ' + error.message))
`

const start = async (env: Readonly<Record<string, string>> = {}) => {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    ['--conditions=cx-source', '--input-type=module', '-e', program],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, OTEL_EXPORTER_PROMETHEUS_PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  )
  children.push(child)
  const ended = once(child, 'exit')
  const [line] = await once(createInterface({ input: child.stdout! }), 'line')
  const scrape = async (scraper = 'Prometheus'): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { 'user-agent': scraper } })).text()
  return { child, ended, line: line as string, scrape }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const requestsIn = (page: string) => /^cx_requests_total\{.*\} (\d+)$/m.exec(page)?.[1]

test('metrics are served with the service and its environment on every series', async () => {
  const { scrape } = await start({
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
  })
  const page = await scrape()
  expect(page).toContain('cx_build_info{version="1.2.3",commit="abc",')
  for (const line of page.split('\n').filter((each) => each.startsWith('cx_'))) {
    expect(line).toContain('service_name="some-service"')
    expect(line).toContain('deployment_environment_name="staging"')
  }
})

test('the environment’s name of the service wins over the code’s', async () => {
  const { scrape } = await start({ OTEL_SERVICE_NAME: 'renamed' })
  expect(await scrape()).toContain(
    'service_name="renamed",deployment_environment_name="development"',
  )
})

test('a port in use is told with the remedy, and the service goes on', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { child, line } = await start({ OTEL_EXPORTER_PROMETHEUS_PORT: String(port) })
  server.close()
  expect(line).toBe(
    `not ready: the metrics endpoint 127.0.0.1:${port} cannot be opened: the port is in use. Set OTEL_EXPORTER_PROMETHEUS_PORT to a free one.`,
  )
  expect(child.exitCode).toBeNull()
})

test.for([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_METRICS_EXPORTER: 'none' }])(
  'under %o nothing is served, and recording stays harmless',
  async (env) => {
    const { line, scrape } = await start(env)
    expect(line).toBe('ready')
    await expect(scrape()).rejects.toThrow('fetch failed')
  },
)

test('on SIGTERM it serves until it was scraped once more, held values too, and ends by the signal', async () => {
  const { child, ended, scrape } = await start()
  await scrape()
  await sleep(1000)
  expect(requestsIn(await scrape())).toBe('0')
  child.kill('SIGTERM')
  await sleep(200)
  const before = performance.now()
  expect(requestsIn(await scrape())).toBe('1')
  expect(await ended).toEqual([null, 'SIGTERM'])
  // fetch() keeps its connection, as Prometheus does.
  expect(performance.now() - before).toBeLessThan(1000)
})

test('on SIGTERM it waits for each of two scrapers', async () => {
  const { child, ended, scrape } = await start()
  for (const scraper of ['first', 'second', 'first', 'second']) {
    await scrape(scraper)
    await sleep(500)
  }
  child.kill('SIGTERM')
  await sleep(200)
  await scrape('first')
  await sleep(300)
  expect(requestsIn(await scrape('second'))).toBe('1')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('on SIGTERM it ends at once when nobody ever scraped', async () => {
  const { child, ended } = await start()
  const before = performance.now()
  child.kill('SIGTERM')
  await ended
  expect(performance.now() - before).toBeLessThan(1000)
})

test('on SIGTERM it does not wait for a scraper that is gone', async () => {
  const { child, ended, scrape } = await start()
  await scrape()
  await sleep(300)
  await scrape()
  child.kill('SIGTERM')
  expect(await Promise.race([ended, sleep(2000, 'still there')])).toEqual([null, 'SIGTERM'])
})
