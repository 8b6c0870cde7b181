import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runProgram } from '../../publishers/run-program.ts'
import { sampleLine } from './exposition.ts'
import { madeHistory, type MadeHistory } from './made-series.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { type PastTime, recordedLines } from './past-rules.ts'
import type { PastRule } from './rule-levels.ts'
import type { SyntheticPlan } from './synthetic-plan.ts'

export interface SyntheticPrometheus {
  readonly url: URL
  /** Ends it, and removes its folder. */
  stop(): Promise<void>
}

export interface SyntheticOptions {
  readonly progress: (line: string) => void
  /** Gives up between two steps, and leaves nothing behind. */
  readonly signal: AbortSignal
}

interface Tools {
  readonly prometheus: string
  readonly promtool: string
}

const pastHours = 6
const stepSeconds = 60
const scrapeSeconds = 15
const patienceMilliseconds = 300_000

/**
 * A real Prometheus on a free port of 127.0.0.1 with six hours of invented data, which goes on.
 * @param binary path of `prometheus`, with `promtool` beside it; without it, those of PATH
 * @throws {Error} that says how to get them, or what they said
 */
export const startSyntheticPrometheus = async (
  plan: SyntheticPlan,
  binary: string | undefined,
  { progress, signal }: SyntheticOptions,
): Promise<SyntheticPrometheus> => {
  const tools = toolsOf(binary)
  await assertThere(tools)
  const folder = await mkdtemp(join(tmpdir(), 'cx-preview-'))
  const stops = [() => rm(folder, { recursive: true, force: true, maxRetries: 3 })]
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    const origin = Math.floor(Date.now() / 1000 / stepSeconds) * stepSeconds
    const time = { begin: origin - pastHours * 3600, end: origin, stepSeconds }
    const history = madeHistory(plan.series, time.begin, origin)
    progress(`inventing ${pastHours} hours of ${plan.series.length} series …`)
    await writeBlocks(folder, tools, pastText(history, time))
    for (const [index, rules] of plan.pastRules.entries()) {
      signal.throwIfAborted()
      progress(`recording rules, ${index + 1} of ${plan.pastRules.length} …`)
      await recordPast(folder, tools, rules, time)
    }
    signal.throwIfAborted()
    const page = await serveMetrics(history)
    stops.push(page.stop)
    const server = await prometheus(
      folder,
      tools,
      liveConfig(page.port, await rulesFile(folder, plan)),
    )
    stops.push(server.stop)
    return { url: new URL(server.url), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const toolsOf = (binary: string | undefined): Tools =>
  binary === undefined
    ? { prometheus: 'prometheus', promtool: 'promtool' }
    : { prometheus: binary, promtool: join(dirname(binary), 'promtool') }

const assertThere = async ({ prometheus: server, promtool }: Tools): Promise<void> => {
  for (const tool of [server, promtool]) {
    if (await runProgram(tool, ['--version'], tmpdir(), 10_000)) continue
    throw new Error(
      `--synthetic needs ${tool}, which is not there. It comes with Prometheus: apt-get install prometheus, brew install prometheus or https://prometheus.io/download; then name it with --prometheus-binary FILE, or put it and promtool on PATH.`,
    )
  }
}

const dataOf = (folder: string): string => join(folder, 'data')

/** @param text in pieces, without the end */
const writeBlocks = async (
  folder: string,
  { promtool }: Tools,
  text: Iterable<string>,
): Promise<void> => {
  const file = join(folder, 'past.txt')
  await pipeline(Readable.from(withEnd(text)), createWriteStream(file))
  await run(
    promtool,
    ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, dataOf(folder)],
    folder,
  )
  await rm(file)
}

function* withEnd(text: Iterable<string>): Generator<string> {
  yield* text
  yield '# EOF\n'
}

function* pastText(history: MadeHistory, { begin, end }: PastTime): Generator<string> {
  for (let seconds = begin; seconds <= end; seconds += stepSeconds) {
    yield history
      .at(seconds)
      .map((sample) => sampleLine(sample, seconds))
      .join('')
  }
}

/** Prometheus reads blocks at its start, so it is started anew for each level of rules. */
const recordPast = async (
  folder: string,
  tools: Tools,
  rules: readonly PastRule[],
  time: PastTime,
): Promise<void> => {
  const server = await prometheus(folder, tools, { global: {} })
  const lines = await recordedLines(server.url, rules, time).finally(server.stop)
  if (lines !== '') await writeBlocks(folder, tools, [lines])
}

const run = async (tool: string, args: readonly string[], folder: string): Promise<void> => {
  const ended = await runProgram(tool, args, folder, patienceMilliseconds)
  if (ended?.code === 0) return
  throw new Error(
    `${tool} ${args.slice(0, 3).join(' ')} failed: ${ended?.output.trim() ?? 'it is not there'}`,
  )
}

const rulesFile = async (folder: string, { rules }: SyntheticPlan): Promise<string> => {
  const file = join(folder, 'live.rules.yml')
  await writeFile(file, rules)
  return file
}

/** Each scrape is a look at the same series, some seconds later. */
const serveMetrics = async (
  history: MadeHistory,
): Promise<{ readonly port: number; stop(): Promise<void> }> => {
  const server = createServer((_request, response) => {
    const text = history
      .at(Date.now() / 1000)
      .map((sample) => sampleLine(sample))
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

const liveConfig = (port: number, rules: string) => ({
  global: { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: `${stepSeconds}s` },
  rule_files: [rules],
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
  folder: string,
  { prometheus: command }: Tools,
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
      `--storage.tsdb.path=${dataOf(folder)}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    readyPath: '/-/ready',
  })
}
