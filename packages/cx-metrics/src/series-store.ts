import { dimensionAttribute, type Instrument } from 'cx-definition'
import { createExponentialSeries, type ExponentialSeries } from './exponential-counts.ts'

export type SeriesAttributes = Readonly<Record<string, string | number>>

/** A label set of an instrument. What it counts is written by the recorder and read by every reader. */
export interface Series {
  /** In the order of the family's `names`: the values alone, since there are many series. */
  readonly labels: readonly (string | number)[]
  readonly attributes: SeriesAttributes
  /** Whole seconds since the epoch: milliseconds would be an object of their own for each of many series. */
  readonly startedAtSeconds: number
  /** A bit for each reader that has shown more than the first 0 of it. */
  shown: number
}

/** A gauge's, read when it is shown. */
export interface GaugeSeries extends Series {
  readonly value: number
}

export interface CounterSeries extends Series {
  value: number
}

export interface HistogramSeries extends Series {
  /** One count for each bucket, not cumulative; the last is the one above the highest bound. */
  readonly counts: number[]
  sum: number
  /** The same values in exponential buckets, where a reader wants them. */
  exponential: ExponentialSeries | undefined
}

interface FamilyOf<Kind extends Series> {
  readonly instrument: Instrument
  /** The attributes' names; the catalog's dimension has its own. */
  readonly names: readonly string[]
  readonly series: Set<Kind>
}

export interface GaugeFamily extends FamilyOf<GaugeSeries> {
  readonly bounds?: undefined
  add(attributes: SeriesAttributes, read: () => number): void
}

export interface CounterFamily extends FamilyOf<CounterSeries> {
  readonly bounds?: undefined
  /** Makes a series at zero. */
  add(attributes: SeriesAttributes): CounterSeries
}

export interface HistogramFamily extends FamilyOf<HistogramSeries> {
  /** Upper bounds, ascending, in the instrument's unit. */
  readonly bounds: readonly number[]
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
  /**
   * Counts in exponential buckets from now on, beside the explicit ones. Best before anything is recorded: what came
   * earlier is not in them.
   */
  keepExponentials(): void
  /** Readers are told apart by a number, since what each has shown is its own. */
  addReader(): number
  /** Called after a reader has shown everything. */
  onCollected(listener: (collect: Collect) => void): void
  collected(collect: Collect): void
}

export interface SeriesStoreOptions {
  /** The catalog's dimension. */
  readonly dimensionName: string
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

export const createSeriesStore = ({
  dimensionName,
  now = Date.now,
}: SeriesStoreOptions): SeriesStore => {
  const families: Family[] = []
  const listeners: ((collect: Collect) => void)[] = []
  let readers = 0
  let areExponentialsKept = false
  const nowSeconds = () => Math.floor(now() / 1000)

  const known = <Kind extends Family>(
    instrument: Instrument,
    create: (names: readonly string[]) => Kind,
  ): Kind => {
    const found = families.find((family) => family.instrument === instrument)
    if (found) return found as Kind
    const names = instrument.attributes.map((name) =>
      name === dimensionAttribute ? dimensionName : name,
    )
    const created = create(names)
    families.push(created)
    return created
  }

  const gauges = (instrument: Instrument): GaugeFamily =>
    known(instrument, (names) => {
      const series = new Set<GaugeSeries>()
      const add = (attributes: SeriesAttributes, read: () => number) =>
        void series.add(new Gauge(names, attributes, nowSeconds(), read))
      return { instrument, names, series, add }
    })

  const counters = (instrument: Instrument): CounterFamily =>
    known(instrument, (names) => {
      const series = new Set<CounterSeries>()
      const add = (attributes: SeriesAttributes) =>
        added(series, new Counter(names, attributes, nowSeconds()))
      return { instrument, names, series, add }
    })

  const histograms = (instrument: Instrument, bounds: readonly number[]): HistogramFamily =>
    known(instrument, (names) => {
      const series = new Set<HistogramSeries>()
      // A copy has just the room it needs; an array that was filled has twice as much.
      const zeros = Array.from({ length: bounds.length + 1 }, () => 0)
      const add = (attributes: SeriesAttributes) => {
        const histogram = new Histogram(names, attributes, nowSeconds(), zeros)
        if (areExponentialsKept)
          histogram.exponential = createExponentialSeries(histogram.startedAtSeconds)
        return added(series, histogram)
      }
      return { instrument, names, series, bounds, add }
    })

  return {
    families,
    now,
    gauges,
    counters,
    histograms,
    keepExponentials: () => {
      areExponentialsKept = true
      for (const { bounds, series } of families) {
        if (!bounds) continue
        for (const histogram of series)
          histogram.exponential ??= createExponentialSeries(nowSeconds())
      }
    },
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

// Classes, since a hundred thousand series must not each carry their getters and names.
class LabelSet implements Series {
  readonly labels: readonly (string | number)[]
  readonly startedAtSeconds: number
  shown = 0
  readonly #names: readonly string[]

  constructor(names: readonly string[], attributes: SeriesAttributes, startedAtSeconds: number) {
    this.#names = names
    this.labels = names.map((name) => attributes[name] ?? '')
    this.startedAtSeconds = startedAtSeconds
  }

  get attributes(): SeriesAttributes {
    return Object.fromEntries(
      this.#names.map((name, index) => [name, this.labels[index] as string | number]),
    )
  }
}

class Gauge extends LabelSet implements GaugeSeries {
  readonly #read: () => number

  constructor(
    names: readonly string[],
    attributes: SeriesAttributes,
    startedAtSeconds: number,
    read: () => number,
  ) {
    super(names, attributes, startedAtSeconds)
    this.#read = read
  }

  get value(): number {
    return this.#read()
  }
}

class Counter extends LabelSet implements CounterSeries {
  value = 0
}

class Histogram extends LabelSet implements HistogramSeries {
  readonly counts: number[]
  sum = 0
  exponential: ExponentialSeries | undefined = undefined

  constructor(
    names: readonly string[],
    attributes: SeriesAttributes,
    startedAtSeconds: number,
    zeros: readonly number[],
  ) {
    super(names, attributes, startedAtSeconds)
    this.counts = zeros.slice()
  }
}
