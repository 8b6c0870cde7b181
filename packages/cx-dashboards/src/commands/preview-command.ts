import { once } from 'node:events'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { watch } from 'chokidar'
import { type CliOptions, defaultPrometheus } from '../cli.ts'
import { readBacktest } from '../preview/backtest-file.ts'
import { freshDashboards, type Preview } from '../preview/fresh-dashboards.ts'
import { type PreviewServer, startPreviewServer } from '../preview/preview-server.ts'

// The build puts the app there; seen from src/commands and from dist/commands alike.
const assets = fileURLToPath(new URL('../../dist/preview-app', import.meta.url))

/** Serves until the process is told to end. */
export const previewCommand = async (options: CliOptions): Promise<void> => {
  const first = await freshDashboards(options.config)
  if ('problem' in first) throw new Error(first.problem)
  const backtest = await backtestIn(options.backtest)
  let preview: Preview = first
  const server = await startPreviewServer({
    host: options.host,
    port: wholeNumber('--port', options.port, 0, 65_535),
    assets,
    prometheusUrl: prometheusUrl(options.prometheus ?? defaultPrometheus),
    scrapeIntervalSeconds: wholeNumber('--scrape-interval', options['scrape-interval'], 1, 3600),
    dashboards: () => preview.dashboards,
    runbooks: () => preview.runbooks,
    ...(backtest && { backtest }),
  })
  const stopWatching = await rebuildOnChange(
    options.config,
    server,
    (rebuilt) => (preview = rebuilt),
  )
  console.log(`preview: ${server.url}`)
  if (backtest) console.log(`backtest: ${new URL('/backtest', server.url).href}`)
  await endOfProcess()
  await stopWatching()
  await server.close()
}

const backtestIn = async (
  file: string | undefined,
): Promise<(() => Promise<string>) | undefined> => {
  if (file === undefined) return undefined
  const read = () => readBacktest(file)
  await read()
  return read
}

const settleMilliseconds = 100

/** Editors write a file in several steps, so a rebuild waits until they are done; and rebuilds take turns. */
const rebuildOnChange = async (
  config: string,
  server: PreviewServer,
  use: (rebuilt: Preview) => void,
): Promise<() => Promise<void>> => {
  const rebuild = async () => {
    const outcome = await freshDashboards(config)
    if ('problem' in outcome) {
      console.error(`preview: ${outcome.problem}`)
      server.problem(outcome.problem)
      return
    }
    use(outcome)
    server.changed()
  }
  let last = Promise.resolve()
  let settling: NodeJS.Timeout | undefined
  const folder = dirname(resolve(config))
  const ignored = (path: string) => isNoSource(relative(folder, path))
  const watcher = watch(folder, { ignored, ignoreInitial: true })
  watcher.on('all', (_event, file) => {
    if (!/\.[cm]?[jt]sx?$|\.json$/.test(file)) return
    clearTimeout(settling)
    settling = setTimeout(() => (last = last.then(rebuild)), settleMilliseconds)
  })
  watcher.on('error', (error) => {
    console.error(
      `preview: changes are not seen any more: ${(error as Error).message}. Start it again.`,
    )
  })
  // A change before it is ready would go unseen.
  await once(watcher, 'ready')
  return async () => {
    clearTimeout(settling)
    await watcher.close()
  }
}

const isNoSource = (path: string): boolean =>
  /(^|[\\/])(node_modules|dist|\.[^\\/]+)([\\/]|$)/.test(path)

const endOfProcess = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })

const wholeNumber = (option: string, given: string, least: number, most: number): number => {
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= least && value <= most) return value
  throw new Error(`${option} ${given} is not a whole number from ${least} to ${most}.`)
}

const prometheusUrl = (given: string): URL => {
  const url = URL.parse(given)
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new Error(`--prometheus ${given} is not an http or https URL.`)
}
