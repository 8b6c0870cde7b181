import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { freePort, startProgram } from '../fixtures/program.ts'

// A worker begins when the one before has said how it went, so that they never race for the port.
const program = `
  import cluster from 'node:cluster'
  import { startMetrics } from 'cx-metrics/node'
  import { catalog } from 'cx-definition'
  if (cluster.isPrimary) {
    const ports = process.argv.slice(2)
    const forkNext = () => {
      const port = ports.shift()
      if (port) cluster.fork({ OTEL_EXPORTER_PROMETHEUS_PORT: port })
    }
    cluster.on('message', (_worker, line) => { console.log(line); forkNext() })
    forkNext()
  } else {
    const metrics = startMetrics({ catalog: catalog({ owners: [], features: [] }), service: { name: 'clustered', version: '1' } })
    metrics.recorder.recordRequest({ customer: 'contoso', method: 'GET', route: '/', statusCode: 200, durationSeconds: 0.2 })
    metrics.ready.then(() => process.send('ready'), (error) => process.send(error.message))
    setInterval(() => {}, 1000)
  }
`

/** What each worker said, in turn; their metrics ports are the arguments. */
const startWorkers = async (ports: readonly number[]): Promise<readonly string[]> => {
  // A file, since workers run what their primary was started with; in the package, so that its own name leads to it.
  const folder = await mkdtemp(fileURLToPath(new URL('../.cluster-test-', import.meta.url)))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'app.mjs')
  await writeFile(file, program)
  const { lines } = await startProgram({ args: [file, ...ports.map(String)] })
  await eventually(() => lines).toHaveLength(ports.length)
  return lines
}

test('workers that would share a metrics port are refused, with the remedy', async () => {
  const port = await freePort()
  const [first, second] = await startWorkers([port, port])
  expect(first).toBe('ready')
  expect(second).toContain(
    `the metrics endpoint 127.0.0.1:${port} cannot be opened: the port is in use.`,
  )
  expect(second).toContain(
    'Give each worker a port: cluster.fork({ OTEL_EXPORTER_PROMETHEUS_PORT: … })',
  )
})

test('workers with a port each are scraped each', async () => {
  const ports = [await freePort(), await freePort()]
  expect(await startWorkers(ports)).toEqual(['ready', 'ready'])
  const pages = await Promise.all(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  )
  for (const page of pages) expect(page).toContain('cx_requests_total{customer="contoso"')
})
