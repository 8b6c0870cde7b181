import { setImmediate as nextTurn } from 'node:timers/promises'
import { createReader, type Turn } from './reader.ts'
import type {
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
  parts(): AsyncGenerator<string>
  /** Shows every series' value from now on; for the last scrape before the process ends. */
  release(): void
}

/** How long the event loop is held at most, but for the last series of a part. */
const sliceMilliseconds = 4
const seriesBetweenLooks = 16

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
  // A series' labels never change, so they are written once and not at each scrape.
  const labels = new WeakMap<Series, string>()

  const labelsOf = (series: Series): string => {
    let text = labels.get(series)
    if (text === undefined)
      labels.set(series, (text = labelText({ ...series.attributes, ...constant })))
    return text
  }

  const seriesText = (family: Family, series: Series, turn: Turn): string => {
    if (family.bounds)
      return histogramText(family, series as HistogramSeries, labelsOf(series), turn.isHeld(series))
    const held = family.instrument.kind === 'counter' && turn.isHeld(series)
    const { value } = series as Series & { readonly value: number }
    return `${family.instrument.name}{${labelsOf(series)}} ${held ? 0 : value}\n`
  }

  async function* parts(): AsyncGenerator<string> {
    const turn = reader.begin()
    let part = ''
    let untilLook = seriesBetweenLooks
    let sliceEnd = performance.now() + sliceMilliseconds
    for (const family of store.families) {
      if (family.series.size === 0) continue
      part += heading(family)
      for (const series of family.series) {
        part += seriesText(family, series, turn)
        untilLook -= 1
        if (untilLook > 0) continue
        untilLook = seriesBetweenLooks
        if (performance.now() < sliceEnd) continue
        yield part
        part = ''
        await nextTurn()
        sliceEnd = performance.now() + sliceMilliseconds
      }
    }
    yield part
    turn.done()
  }

  return { parts, release: reader.release }
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
  const separator = labels === '' ? '' : ','
  let count = 0
  let buckets = ''
  for (let index = 0; index < counts.length; index += 1) {
    if (!held) count += counts[index] as number
    buckets += `${name}_bucket{${labels}${separator}le="${bounds[index] ?? '+Inf'}"} ${count}\n`
  }
  return `${name}_count{${labels}} ${count}\n${name}_sum{${labels}} ${held ? 0 : sum}\n${buckets}`
}

const labelText = (attributes: SeriesAttributes): string =>
  Object.entries(attributes)
    .map(
      ([name, value]) =>
        `${name.replaceAll(/[^a-zA-Z0-9_]/g, '_')}="${escapeValue(String(value))}"`,
    )
    .join(',')

// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
const escapeHelp = (text: string): string =>
  text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`)
const escapeValue = (text: string): string =>
  escapeHelp(text.toWellFormed()).replaceAll('"', String.raw`\"`)
