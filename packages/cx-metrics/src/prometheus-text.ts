import { setImmediate as nextTurn } from 'node:timers/promises'
import { createReader, type Turn } from './reader.ts'
import type {
  CounterSeries,
  Family,
  HistogramFamily,
  HistogramSeries,
  Series,
  SeriesAttributes,
  SeriesStore,
} from './series-store.ts'

/** A store in Prometheus' text format, part by part. */
export interface PrometheusText {
  /** Leaves the event loop to others between parts, so that a large page never holds up a request. */
  parts(): AsyncGenerator<Buffer>
  /** Shows every series' value from now on; for the last scrape before the process ends. */
  release(): void
}

/** How long the event loop is held, but for the last series of a part. */
const sliceMilliseconds = 1
const partBytes = 65_536

/**
 * Writes what exporter-prometheus would (a test compares the two), without a data point for each series
 * and without holding the event loop: https://github.com/siimon/prom-client/issues/543.
 * @param constant attributes that every series carries, such as the service's name
 */
export const createPrometheusText = (
  store: SeriesStore,
  constant: SeriesAttributes,
): PrometheusText => {
  const reader = createReader(store)
  const constantLabels = labelText(Object.keys(constant).map(labelName), Object.values(constant))

  async function* parts(): AsyncGenerator<Buffer> {
    const turn = reader.begin()
    let part = Buffer.allocUnsafe(partBytes)
    let used = 0
    let sliceEnd = performance.now() + sliceMilliseconds
    for (const text of texts(store, constantLabels, turn)) {
      // Written at once: kept as strings, a page of many megabytes would be collected while others wait.
      if (used + text.length * 3 > part.length) {
        yield part.subarray(0, used)
        if (performance.now() >= sliceEnd) {
          await nextTurn()
          sliceEnd = performance.now() + sliceMilliseconds
        }
        part = Buffer.allocUnsafe(Math.max(partBytes, text.length * 3))
        used = 0
      }
      used += part.write(text, used)
    }
    yield part.subarray(0, used)
    turn.done()
  }

  return { parts, release: reader.release }
}

/** A family's heading, and the lines of each of its series. */
function* texts(store: SeriesStore, constantLabels: string, turn: Turn): Generator<string> {
  for (const family of store.families) {
    if (family.series.size === 0) continue
    const names = family.names.map(labelName)
    yield heading(family)
    for (const series of family.series) {
      const labels = joined(labelText(names, series.labels), constantLabels)
      yield seriesText(family, series, labels, turn)
    }
  }
}

const seriesText = (family: Family, series: Series, labels: string, turn: Turn): string => {
  if (family.bounds)
    return histogramText(family, series as HistogramSeries, labels, turn.isHeld(series))
  const held = family.instrument.kind === 'counter' && turn.isHeld(series)
  const { value } = series as CounterSeries
  return `${family.instrument.name}{${labels}} ${held ? 0 : value}\n`
}

const heading = ({ instrument: { description, kind, name, unit } }: Family): string => {
  const unitLine = unit === '' ? '' : `# UNIT ${name} ${unit}\n`
  return `# HELP ${name} ${escapeHelp(description)}\n${unitLine}# TYPE ${name} ${kind}\n`
}

const histogramText = (
  { bounds, instrument: { name } }: HistogramFamily,
  { counts, sum }: HistogramSeries,
  labels: string,
  held: boolean,
): string => {
  const start = `${name}_bucket{${labels}${labels === '' ? '' : ','}le="`
  let count = 0
  let buckets = ''
  for (let index = 0; index < counts.length; index += 1) {
    if (!held) count += counts[index] as number
    buckets += `${start}${bounds[index] ?? '+Inf'}"} ${count}\n`
  }
  return `${name}_count{${labels}} ${count}\n${name}_sum{${labels}} ${held ? 0 : sum}\n${buckets}`
}

const labelName = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_]/g, '_')

const labelText = (names: readonly string[], values: readonly (string | number)[]): string => {
  let text = ''
  for (let index = 0; index < names.length; index += 1) {
    const separator = index === 0 ? '' : ','
    text += `${separator}${names[index]}="${escapeValue(String(values[index]))}"`
  }
  return text
}

const joined = (some: string, more: string): string =>
  some && more ? `${some},${more}` : some || more

// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
const escapeHelp = (text: string): string =>
  text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`)

const escapeValue = (text: string): string =>
  /["\\\n\uD800-\uDFFF]/.test(text)
    ? escapeHelp(text.toWellFormed()).replaceAll('"', String.raw`\"`)
    : text
