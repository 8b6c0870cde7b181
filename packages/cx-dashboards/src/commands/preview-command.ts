import { watch } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuiltDashboard } from '../build.ts'
import type { CliOptions } from '../cli.ts'
import { freshDashboards } from '../preview/fresh-dashboards.ts'
import { type PreviewServer, startPreviewServer } from '../preview/preview-server.ts'

// The build puts the app there; seen from src/commands and from dist/commands alike.
const assets = fileURLToPath(new URL('../../dist/preview-app', import.meta.url))

/** Serves until the process is told to end. */
export const previewCommand = async (options: CliOptions): Promise<void> => {
  const first = await freshDashboards(options.config)
  if ('problem' in first) throw new Error(first.problem)
  let dashboards: readonly BuiltDashboard[] = first.dashboards
  const server = await startPreviewServer({
    host: options.host,
    port: wholeNumber('--port', options.port),
    assets,
    prometheusUrl: prometheusUrl(options.prometheus),
    scrapeIntervalSeconds: wholeNumber('--scrape-interval', options['scrape-interval']),
    dashboards: () => dashboards,
  })
  const stopWatching = rebuildOnChange(options.config, server, (rebuilt) => (dashboards = rebuilt))
  console.log(`preview: ${server.url}`)
  await endOfProcess()
  stopWatching()
  await server.close()
}

const settleMilliseconds = 100

/** Editors write a file in several steps, so a rebuild waits until they are done. */
const rebuildOnChange = (
  config: string,
  server: PreviewServer,
  use: (dashboards: readonly BuiltDashboard[]) => void,
): (() => void) => {
  const rebuild = async () => {
    const outcome = await freshDashboards(config)
    if ('problem' in outcome) {
      console.error(`preview: ${outcome.problem}`)
      server.problem(outcome.problem)
      return
    }
    use(outcome.dashboards)
    server.changed()
  }
  let settling: NodeJS.Timeout | undefined
  const watcher = watch(dirname(resolve(config)), { recursive: true }, (_event, file) => {
    if (
      file === null ||
      !/\.[cm]?[jt]s$/.test(file) ||
      /(^|[\\/])(node_modules|\.git)[\\/]/.test(file)
    )
      return
    clearTimeout(settling)
    settling = setTimeout(() => void rebuild(), settleMilliseconds)
  })
  return () => {
    clearTimeout(settling)
    watcher.close()
  }
}

const endOfProcess = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })

const wholeNumber = (option: string, given: string): number => {
  if (/^\d{1,5}$/.test(given)) return Number(given)
  throw new Error(`${option} ${given} is not a whole number.`)
}

const prometheusUrl = (given: string): URL => {
  const url = URL.parse(given)
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new Error(`--prometheus ${given} is not an http or https URL.`)
}
