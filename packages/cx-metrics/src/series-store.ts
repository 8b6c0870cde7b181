import type { Instrument } from 'cx-definition'

/** A label set of an instrument. What it counts is written by the recorder and read by every reader. */
export interface Series {
  readonly attributes: SeriesAttributes
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** By reader: when it first showed this series, in milliseconds since the epoch. */
  readonly firstShown: number[]
}

export type SeriesAttributes = Readonly<Record<string, string | number>>

/** A gauge's, read when it is shown. */
export interface GaugeSeries extends Series {
  readonly value: number
}

export interface CounterSeries extends Series {
  value: number
}

export interface HistogramSeries extends Series {
  /** One count for each bucket, not cumulative; the last is the one above the highest bound. */
  readonly counts: Float64Array
  sum: number
}

export interface GaugeFamily {
  readonly instrument: Instrument
  readonly bounds?: undefined
  readonly series: Set<GaugeSeries>
  add(attributes: SeriesAttributes, read: () => number): void
}

export interface CounterFamily {
  readonly instrument: Instrument
  readonly bounds?: undefined
  readonly series: Set<CounterSeries>
  /** Makes a series at zero. */
  add(attributes: SeriesAttributes): CounterSeries
}

export interface HistogramFamily {
  readonly instrument: Instrument
  /** Upper bounds, ascending, in the instrument's unit. */
  readonly bounds: readonly number[]
  readonly series: Set<HistogramSeries>
  /** Makes a series at zero. */
  add(attributes: SeriesAttributes): HistogramSeries
}

export type Family = GaugeFamily | CounterFamily | HistogramFamily

/** A reader's turn: which reader it is, when, and for how long it still shows a new series at 0. */
export interface Collect {
  readonly reader: number
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly holdMilliseconds: number
}

export interface SeriesStore {
  /** In the order in which they were added. */
  readonly families: readonly Family[]
  readonly now: () => number
  gauges(instrument: Instrument): GaugeFamily
  counters(instrument: Instrument): CounterFamily
  histograms(instrument: Instrument, bounds: readonly number[]): HistogramFamily
  /** Readers are told apart by a number, since what each has shown is its own. */
  addReader(): number
  /** Called after a reader has shown everything. */
  onCollected(listener: (collect: Collect) => void): void
  collected(collect: Collect): void
}

export const createSeriesStore = (now: () => number = Date.now): SeriesStore => {
  const families: Family[] = []
  const listeners: ((collect: Collect) => void)[] = []
  let readers = 0

  const known = <Kind extends Family>(instrument: Instrument, create: () => Kind): Kind => {
    const found = families.find((family) => family.instrument === instrument)
    if (found) return found as Kind
    const created = create()
    families.push(created)
    return created
  }

  const newSeries = (attributes: SeriesAttributes): Series => ({
    attributes,
    startedAt: now(),
    firstShown: [],
  })

  return {
    families,
    now,
    gauges: (instrument) =>
      known(instrument, () => {
        const series = new Set<GaugeSeries>()
        const add = (attributes: SeriesAttributes, read: () => number) => {
          series.add({
            ...newSeries(attributes),
            get value() {
              return read()
            },
          })
        }
        return { instrument, series, add }
      }),
    counters: (instrument) =>
      known(instrument, () => {
        const series = new Set<CounterSeries>()
        const add = (attributes: SeriesAttributes) =>
          added(series, { ...newSeries(attributes), value: 0 })
        return { instrument, series, add }
      }),
    histograms: (instrument, bounds) =>
      known(instrument, () => {
        const series = new Set<HistogramSeries>()
        const add = (attributes: SeriesAttributes) => {
          const counts = new Float64Array(bounds.length + 1)
          return added(series, { ...newSeries(attributes), counts, sum: 0 })
        }
        return { instrument, bounds, series, add }
      }),
    addReader: () => readers++,
    onCollected: (listener) => void listeners.push(listener),
    collected: (collect) => {
      for (const listener of listeners) listener(collect)
    },
  }
}

const added = <Item>(to: Set<Item>, item: Item): Item => {
  to.add(item)
  return item
}
