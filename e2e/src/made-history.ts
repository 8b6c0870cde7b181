import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'

const run = promisify(execFile)

/** A metric's series over time; `undefined` is a scrape that found nothing. */
export interface MadeSeries {
  readonly name: string
  readonly kind: 'counter' | 'gauge'
  readonly labels: Readonly<Record<string, string>>
  /** A value for each scrape. */
  readonly values: readonly (number | undefined)[]
}

export interface Scrapes {
  /** Seconds since 1970. */
  readonly start: number
  readonly everySeconds: number
}

const selectorOf = ({ labels, name }: MadeSeries): string => {
  const inner = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return `${name}{${inner.join(',')}}`
}

/** Writes series as blocks into a Prometheus' folder of data. */
export const writeBlocks = async (
  dataFolder: string,
  series: readonly MadeSeries[],
  { everySeconds, start }: Scrapes,
): Promise<void> => {
  const names = [...new Set(series.map(({ name }) => name))]
  const lines = names.flatMap((name) => {
    const own = series.filter((each) => each.name === name)
    const kind = own[0]?.kind ?? 'gauge'
    const family = kind === 'counter' ? name.replace(/_total$/, '') : name
    return [
      `# TYPE ${family} ${kind}`,
      ...own.flatMap((each) =>
        each.values.flatMap((value, index) =>
          value === undefined
            ? []
            : [`${selectorOf(each)} ${value} ${start + index * everySeconds}`],
        ),
      ),
    ]
  })
  const folder = await mkdtemp(join(tmpdir(), 'cx-history-'))
  try {
    const file = join(folder, 'history.txt')
    await writeFile(file, `${lines.join('\n')}\n# EOF\n`)
    const { promtool } = findPrometheus(() => {})
    await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, dataFolder])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same as `promtool test rules` takes it, from its own beginning of time. */
export const inputSeries = (series: readonly MadeSeries[]) =>
  series.map((each) => ({
    series: selectorOf(each),
    values: each.values.map((value) => value ?? '_').join(' '),
  }))
