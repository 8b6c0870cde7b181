import { fileURLToPath } from 'node:url'
import { type CliOptions, defaultPrometheus } from '../cli.ts'
import { readBacktest } from '../preview/backtest-file.ts'
import { type Builder, openBuilder, type Preview } from '../preview/fresh-dashboards.ts'
import { takePictures } from '../preview/pictures.ts'
import { type PreviewData, recordedData, syntheticData } from '../preview/preview-data.ts'
import { type PreviewServer, startPreviewServer } from '../preview/preview-server.ts'
import { publishedIn } from '../preview/published.ts'
import type { AskPart } from '../preview/synthetic/part-loader.ts'
import { tellOutages } from '../preview/tell-outages.ts'
import { watchSources } from '../preview/watch-sources.ts'

// The build puts the app there; seen from src/commands and from dist/commands alike.
const assets = fileURLToPath(new URL('../../dist/preview-app', import.meta.url))

/** Serves until the process is told to end; with `--png`, until the pictures are taken. */
export const previewCommand = async (options: CliOptions): Promise<void> => {
  const stops: (() => Promise<void>)[] = []
  try {
    await preview(options, stops)
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

/** @param stops gets what ends each thing that was begun */
const preview = async (options: CliOptions, stops: (() => Promise<void>)[]): Promise<void> => {
  const port = wholeNumber('--port', options.port, 0, 65_535)
  const theme = themeOf(options.theme)
  const ended = endOfProcess()
  const builder = openBuilder(options.config)
  stops.push(builder.close)
  const first = await builder.build()
  if ('problem' in first) throw new Error(first.problem)
  const optional = await optionalParts(options)
  let shown: Preview = first
  const ofShown: AskPart = (key) => shown.ask('synthetic', key)
  const { stop, ...data } = await dataOf(options, ofShown, ended)
  stops.push(stop)
  const server = await startPreviewServer({
    host: options.host,
    // Who only takes pictures looks at no address.
    port: options.png === undefined ? port : 0,
    assets,
    ...data,
    ...optional,
    dashboards: () => shown.dashboards,
    dashboard: (uid) => shown.ask('dashboard', uid),
    runbooks: () => shown.ask('runbooks'),
  })
  stops.push(server.close)
  if (options.png !== undefined) return takeAll(options, options.png, theme, server, first)
  const show = (fresh: Preview) => {
    void shown.release()
    shown = fresh
  }
  stops.push(await rebuildOnChange(options.config, builder, server, show))
  console.log(`preview: ${server.url}`)
  if (optional.backtest) console.log(`backtest: ${new URL('/backtest', server.url).href}`)
  await tellOutages({
    previewUrl: server.url,
    prometheusUrl: data.prometheusUrl,
    pauseMs: 5000,
    patienceMs: 10_000,
    signal: ended,
    tell: (line) => console.error(`preview: ${line}`),
  })
}

/** A backtest and what is published, where they are asked for. */
const optionalParts = async ({ backtest: file, grafana }: CliOptions) => {
  const backtest = await backtestIn(file)
  const published = grafana ? await publishedIn(process.env) : undefined
  return { ...(backtest && { backtest }), ...(published && { published }) }
}

const rebuildOnChange = (
  config: string,
  builder: Builder,
  server: PreviewServer,
  use: (fresh: Preview) => void,
): Promise<() => Promise<void>> =>
  watchSources(config, async () => {
    const outcome = await builder.build()
    if ('problem' in outcome) {
      console.error(`preview: ${outcome.problem}`)
      server.problem(outcome.problem)
      return
    }
    use(outcome)
    server.changed()
  })

const dataOf = async (
  options: CliOptions,
  ask: AskPart,
  ended: AbortSignal,
): Promise<PreviewData> => {
  const { prometheus, 'prometheus-binary': binary, synthetic } = options
  const scrapeInterval = wholeNumber('--scrape-interval', options['scrape-interval'], 1, 3600)
  if (synthetic && prometheus !== undefined) {
    throw new Error('--synthetic invents data and --prometheus shows real data: give one of them.')
  }
  return synthetic
    ? syntheticData(ask, binary, ended)
    : recordedData(prometheus ?? defaultPrometheus, scrapeInterval)
}

const takeAll = async (
  { from, to }: CliOptions,
  folder: string,
  theme: 'dark' | 'light',
  { url }: PreviewServer,
  { ask, dashboards }: Preview,
): Promise<void> => {
  const uids = dashboards.map(({ uid }) => uid)
  // One that cannot be built is told before a browser waits for it.
  for (const uid of uids) await ask('dashboard', uid)
  return takePictures({
    url,
    uids,
    folder,
    theme,
    time: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    taken: (file) => console.log(`took ${file}`),
  })
}

const backtestIn = async (
  file: string | undefined,
): Promise<(() => Promise<string>) | undefined> => {
  if (file === undefined) return undefined
  const read = () => readBacktest(file)
  await read()
  return read
}

/** Aborts with the first signal that asks to end. */
const endOfProcess = (): AbortSignal => {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(new Error('ended before it began')))
  }
  return controller.signal
}

const themeOf = (given: string): 'dark' | 'light' => {
  if (given === 'dark' || given === 'light') return given
  throw new Error(`--theme ${given} is neither dark nor light.`)
}

const wholeNumber = (option: string, given: string, least: number, most: number): number => {
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= least && value <= most) return value
  throw new Error(`${option} ${given} is not a whole number from ${least} to ${most}.`)
}
