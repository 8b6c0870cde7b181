import { cp, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { freePort, startProgram } from '../fixtures/program.ts'

/** Another copy of the package, as npm installs one for a dependency that wants another version. */
const copyPackage = async (): Promise<string> => {
  const folder = await mkdtemp(fileURLToPath(new URL('../.copy-test-', import.meta.url)))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(fileURLToPath(new URL('.', import.meta.url)), folder, { recursive: true })
  return folder
}

const start = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const port = await freePort()
  const program = await startProgram({
    args,
    env: { OTEL_EXPORTER_PROMETHEUS_PORT: String(port), ...env },
  })
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const counts = async () =>
    [...(await scrape()).matchAll(/^cx_requests_total\{.*\} (\d+)$/gm)].map(([, count]) => count)
  return { ...program, counts, scrape }
}

const service = `
  import { createServer } from 'node:http'
  const server = createServer((request, response) => response.end('done'))
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

test('of two copies that register themselves the first counts, the second says why it does not, and SIGTERM ends the process', async () => {
  const copy = await copyPackage()
  const { child, counts, ended, errors, lines } = await start([
    '--import=cx-metrics/register',
    `--import=${copy}/register.ts`,
    '--input-type=module',
    '--eval',
    service,
  ])
  await fetch(`http://127.0.0.1:${lines[0]}`)
  await eventually(counts).toEqual(['1'])
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
  const warnings = errors.filter((line) => line.includes('CxMetricsWarning'))
  expect(warnings).toEqual([
    expect.stringMatching(
      /cx-metrics was started in this process before, by \/.*\/src; what this start records is not shown\. Start it once/,
    ),
  ])
})

test('the plugins of two copies with one recorder count a request once', async () => {
  const copy = await copyPackage()
  const { counts, lines } = await start([
    '--input-type=module',
    '--eval',
    `
    import { createServer } from 'node:http'
    import Fastify from 'fastify'
    import { catalog } from 'cx-definition'
    import { startMetrics } from 'cx-metrics/node'
    import cxMetrics from 'cx-metrics/fastify'
    import otherCxMetrics from '${copy}/fastify.ts'
    const { recorder } = startMetrics({
      catalog: catalog({ owners: [], features: [] }),
      service: { name: 'some-service', version: '1.2.3' },
    })
    const app = Fastify()
    await app.register(cxMetrics, { recorder })
    await app.register(otherCxMetrics, { recorder })
    app.get('/', async () => 'done')
    await app.listen({ port: 0, host: '127.0.0.1' })
    console.log(app.server.address().port)
    `,
  ])
  await fetch(`http://127.0.0.1:${lines[0]}`)
  await eventually(counts).toEqual(['1'])
})

const twice = `
  import { startMetrics } from 'cx-metrics/node'
  import { catalog } from 'cx-definition'
  const start = () => {
    const metrics = startMetrics({
      catalog: catalog({ owners: [], features: [] }),
      service: { name: 'some-service', version: '1.2.3' },
    })
    metrics.ready.then(() => console.log('ready'), (error) => console.log(error.message))
    return metrics
  }
  const first = start()
  start()
  setInterval(() => {}, 1000)
  process.on('message', async () => {
    await first.shutdown()
    start()
  })
`

test('a second start is refused until the first was shut down', async () => {
  const { child, lines, scrape } = await start(['--input-type=module', '--eval', twice])
  await eventually(() => lines.toSorted()).toEqual([
    expect.stringContaining('was started in this process before'),
    'ready',
  ])
  child.send('again')
  await eventually(() => lines.filter((line) => line === 'ready')).toHaveLength(2)
  expect(await scrape()).toContain('cx_build_info{')
})

test('where nothing goes out, as in a test, it may be started any number of times', async () => {
  const { child, ended, lines } = await start(['--input-type=module', '--eval', twice], {
    OTEL_SDK_DISABLED: 'true',
  })
  await eventually(() => lines).toEqual(['ready', 'ready'])
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
})
