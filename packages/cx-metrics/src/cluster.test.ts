import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

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

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** What each worker said, in turn; their metrics ports are the arguments. */
const startWorkers = async (ports: readonly number[]): Promise<readonly string[]> => {
  // Inside the package, so that its own name leads to it.
  const folder = await mkdtemp(fileURLToPath(new URL('../.cluster-test-', import.meta.url)))
  const file = join(folder, 'app.mjs')
  await writeFile(file, program)
  const child = spawn(process.execPath, ['--conditions=cx-source', file, ...ports.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stops.push(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === ports.length) return lines
  }
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
