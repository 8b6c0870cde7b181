import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { alternate, table } from './rounds.ts'

const rounds = 15
const reference = 'no scrape at all'
const names = ['cx-metrics', 'prom-client', 'OpenTelemetry SDK', reference]

interface Filled {
  readonly seriesCount: number
  readonly bytesPerSeries: number
}

interface Scraped {
  readonly milliseconds: number
  readonly holdMilliseconds: number
}

// A process for each: the garbage of one must not stop another.
const start = async (name: string) => {
  const child: ChildProcess = fork(fileURLToPath(new URL('scraped.ts', import.meta.url)), [name], {
    execArgv: [...process.execArgv, '--expose-gc'],
  })
  const next = async <Message>() => (await once(child, 'message'))[0] as Message
  const filled = await next<Filled>()
  const scrape = async (): Promise<Scraped> => {
    child.send('scrape')
    return next<Scraped>()
  }
  return { name, ...filled, scrape, stop: () => child.kill() }
}

const contenders = []
for (const name of names) contenders.push(await start(name))
try {
  const held = new Map(names.map((name) => [name, [] as number[]]))
  const total = await alternate(
    contenders.map(({ name, scrape }) => ({
      name,
      measure: async () => {
        const { holdMilliseconds, milliseconds } = await scrape()
        held.get(name)!.push(holdMilliseconds)
        return milliseconds
      },
    })),
    rounds,
  )
  const series = contenders[0]!.seriesCount.toLocaleString('en-US')
  console.log(`\n### A scrape of ${series} series (${rounds} rounds)\n`)
  const scrapes = total.filter(({ name }) => name !== reference)
  console.log(table(scrapes, 'prom-client', { unit: 'ms', digits: 0 }))
  console.log(
    '\n| | longest hold of the event loop, median | at most | bytes a series |\n|---|---|---|---|',
  )
  for (const { bytesPerSeries, name } of contenders) {
    const values = held
      .get(name)!
      .slice(1)
      .toSorted((a, b) => a - b)
    const median = values[Math.floor(values.length / 2)]!.toFixed(1)
    const bytes = name === reference ? '' : Math.round(bytesPerSeries)
    console.log(`| ${name} | ${median} ms | ${values.at(-1)!.toFixed(1)} ms | ${bytes} |`)
  }
} finally {
  for (const { stop } of contenders) stop()
}
