import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '../../publishers/run-program.ts'
import { sampleLine } from './exposition.ts'
import type { Sample } from './made-series.ts'
import { type AskPart, openPartLoader } from './part-loader.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export interface SyntheticPrometheus {
  readonly url: URL
  /** Invents what a query names and nobody has named before. */
  prepare(query: string): Promise<void>
  /** Ends it, and removes its folder. */
  stop(): Promise<void>
}

export interface SyntheticOptions {
  readonly progress: (line: string) => void
  /** Gives up between two steps, and leaves nothing behind. */
  readonly signal: AbortSignal
}

const pastSeconds = 6 * 3600
const scrapeSeconds = 15

/**
 * A real Prometheus on a free port of 127.0.0.1 with six hours of invented data, which goes on.
 * @param binary path of `prometheus`; without it, that of PATH
 * @throws {Error} that says how to get it, or what it said
 */
export const startSyntheticPrometheus = async (
  ask: AskPart,
  binary: string | undefined,
  { progress, signal }: SyntheticOptions,
): Promise<SyntheticPrometheus> => {
  const command = binary ?? 'prometheus'
  await assertThere(command)
  const folder = await mkdtemp(join(tmpdir(), 'cx-preview-'))
  const stops = [() => rm(folder, { recursive: true, force: true, maxRetries: 3 })]
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    const rulesFolder = join(folder, 'rules')
    await mkdir(rulesFolder)
    let samplesAt: (seconds: number) => readonly Sample[] = () => []
    const page = await serveMetrics((seconds) => samplesAt(seconds))
    stops.push(page.stop)
    const server = await prometheus(command, folder, configOf(page.port, rulesFolder))
    stops.push(server.stop)
    const begin = Math.floor(Date.now() / 60_000) * 60 - pastSeconds
    const { url } = server
    const loader = openPartLoader({ url, rulesFolder, ask, begin, progress, signal })
    samplesAt = loader.samplesAt
    await loader.start()
    return { url: new URL(url), prepare: loader.prepare, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const assertThere = async (command: string): Promise<void> => {
  if (await runProgram(command, ['--version'], tmpdir(), 10_000)) return
  throw new Error(
    `--synthetic needs ${command}, which is not there. Install it: apt-get install prometheus, brew install prometheus or https://prometheus.io/download; then name it with --prometheus-binary FILE, or put it on PATH.`,
  )
}

/** Each scrape is a look at the same series, some seconds later. */
const serveMetrics = async (
  samplesAt: (seconds: number) => readonly Sample[],
): Promise<{ readonly port: number; stop(): Promise<void> }> => {
  const server = createServer((_request, response) => {
    const text = samplesAt(Date.now() / 1000)
      .map(sampleLine)
      .join('')
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const configOf = (port: number, rulesFolder: string) => ({
  global: { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: '60s' },
  // The past of what is looked at later comes later.
  storage: { tsdb: { out_of_order_time_window: '1d' } },
  rule_files: [join(rulesFolder, '*.yml')],
  scrape_configs: [
    {
      job_name: 'synthetic',
      // The page's own job and instance, as in the invented past.
      honor_labels: true,
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
    },
  ],
})

const prometheus = async (
  command: string,
  folder: string,
  config: object,
): Promise<ServerProcess> => {
  const file = join(folder, 'prometheus.json')
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config))
  return startServer({
    command,
    cwd: folder,
    args: (port) => [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
      '--web.enable-lifecycle',
      '--log.level=error',
    ],
    readyPath: '/-/ready',
  })
}
