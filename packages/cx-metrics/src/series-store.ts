import { dimensionAttribute, type Instrument } from 'cx-definition'

export type SeriesAttributes = Readonly<Record<string, string | number>>

/** A label set of an instrument. What it counts is written by the recorder and read by every reader. */
export interface Series {
  /** In the order of the family's `names`: the values alone, since there are many series. */
  readonly labels: readonly (string | number)[]
  readonly attributes: SeriesAttributes
  /** Milliseconds since the epoch. */
  readonly startedAt: number
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
        void series.add(new Gauge(names, attributes, now(), read))
      return { instrument, names, series, add }
    })

  const counters = (instrument: Instrument): CounterFamily =>
    known(instrument, (names) => {
      const series = new Set<CounterSeries>()
      const add = (attributes: SeriesAttributes) =>
        added(series, new Counter(names, attributes, now()))
      return { instrument, names, series, add }
    })

  const histograms = (instrument: Instrument, bounds: readonly number[]): HistogramFamily =>
    known(instrument, (names) => {
      const series = new Set<HistogramSeries>()
      const add = (attributes: SeriesAttributes) =>
        added(series, new Histogram(names, attributes, now(), bounds.length + 1))
      return { instrument, names, series, bounds, add }
    })

  return {
    families,
    now,
    gauges,
    counters,
    histograms,
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
  readonly startedAt: number
  shown = 0
  readonly #names: readonly string[]

  constructor(names: readonly string[], attributes: SeriesAttributes, startedAt: number) {
    this.#names = names
    this.labels = names.map((name) => attributes[name] ?? '')
    this.startedAt = startedAt
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
    startedAt: number,
    read: () => number,
  ) {
    super(names, attributes, startedAt)
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

  constructor(
    names: readonly string[],
    attributes: SeriesAttributes,
    startedAt: number,
    buckets: number,
  ) {
    super(names, attributes, startedAt)
    this.counts = Array.from<number>({ length: buckets }).fill(0)
  }
}
