import { setImmediate as nextTurn } from 'node:timers/promises'
import { familyLines, mostUnitBytes, type Page, writeText } from './prometheus-lines.ts'
import { createReader, type Turn } from './reader.ts'
import type { SeriesAttributes, SeriesStore } from './series-store.ts'

/** A store in Prometheus' text format, part by part. */
export interface PrometheusText {
  /**
   * Leaves the event loop to others between parts, so that a large page never holds up a request. A part's bytes are
   * written over when the next is asked for: send or copy it before.
   */
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

  async function* parts(): AsyncGenerator<Buffer> {
    const turn = reader.begin()
    let sliceEnd = performance.now() + sliceMilliseconds
    for (const part of fullParts(store, constant, turn)) {
      yield part
      if (performance.now() < sliceEnd) continue
      await nextTurn()
      sliceEnd = performance.now() + sliceMilliseconds
    }
    turn.done()
  }

  return { parts, release: reader.release }
}

function* fullParts(store: SeriesStore, constant: SeriesAttributes, turn: Turn): Generator<Buffer> {
  const page: Page = { bytes: Buffer.allocUnsafe(partBytes), used: 0 }
  for (const family of store.families) {
    if (family.series.size === 0) continue
    const { heading, mostBytes, write } = familyLines(family, constant)
    const isCounted = family.instrument.kind !== 'gauge'
    let before = heading
    for (const series of family.series) {
      const needed = before.length * mostUnitBytes + mostBytes(series)
      if (page.used + needed > page.bytes.length) {
        yield page.bytes.subarray(0, page.used)
        page.used = 0
        if (needed > page.bytes.length) page.bytes = Buffer.allocUnsafe(needed)
      }
      if (before !== '') writeText(page, before)
      before = ''
      write(page, series, isCounted && turn.isHeld(series))
    }
  }
  yield page.bytes.subarray(0, page.used)
}
