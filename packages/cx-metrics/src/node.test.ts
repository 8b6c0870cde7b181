import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { takenPort } from '../fixtures/program.ts'
import { requestsIn, startScrapedService } from '../fixtures/scraped-service.ts'

const start = (env: Readonly<Record<string, string>> = {}) =>
  startScrapedService({ env, prepare: `request('contoso', '/')` })

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
  const { port } = await takenPort()
  const { child, line } = await start({ OTEL_EXPORTER_PROMETHEUS_PORT: String(port) })
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
  const { ended, scrape, tell, terminate } = await start()
  await scrape()
  await tell('leap')
  expect(requestsIn(await scrape(), 'contoso')).toBe('0')
  await terminate()
  // fetch() keeps its connection, as Prometheus does.
  expect(requestsIn(await scrape(), 'contoso')).toBe('1')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('on SIGTERM it waits for each of two scrapers', async () => {
  const { ended, scrape, tell, terminate } = await start()
  for (const scraper of ['first', 'second']) await scrape(scraper)
  await tell('leap')
  for (const scraper of ['first', 'second']) await scrape(scraper)
  await terminate()
  await scrape('first')
  expect(requestsIn(await scrape('second'), 'contoso')).toBe('1')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('on SIGTERM it ends at once when nobody ever scraped', async () => {
  const { child, ended } = await start()
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('on SIGTERM it does not wait for a scraper that is gone', async () => {
  const { child, ended, scrape } = await start()
  await scrape()
  await sleep(300)
  await scrape()
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
})
