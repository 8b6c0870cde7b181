import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { yamlText } from '../../yaml-text.ts'
import { seriesText } from './exposition.ts'
import { madeHistory, type MadeHistory, type MadeSeries, type Sample } from './made-series.ts'
import { type PartKey, partKeys } from './part-keys.ts'
import { pastSamples } from './past-samples.ts'
import { recordedSeries } from './past-rules.ts'
import { remoteWrite } from './remote-write.ts'
import { ruleLevels } from './rule-levels.ts'
import type { SyntheticPart } from './synthetic-parts.ts'

/** Undefined of a name that the catalog has not. */
export type AskPart = (key: PartKey) => Promise<SyntheticPart | undefined>

export interface PartLoader {
  /** What is there when nobody has named anything. */
  start(): Promise<void>
  /** Invents what a query names and is not there yet. @throws {Error} in Prometheus' own words */
  prepare(query: string): Promise<void>
  /** Everything that is there, as of a time in seconds since 1970. */
  samplesAt(seconds: number): readonly Sample[]
}

interface LoaderOptions {
  /** Of the Prometheus that gets the data. */
  readonly url: string
  /** Holds the rules that Prometheus evaluates from now on. */
  readonly rulesFolder: string
  readonly ask: AskPart
  /** Seconds since 1970 from which the data is invented. */
  readonly begin: number
  readonly progress: (line: string) => void
  /** Gives up between two steps. */
  readonly signal: AbortSignal
}

const stepSeconds = 60

/** Gives a Prometheus the parts of a catalog that somebody looks at: all of a large one would take hours. */
export const openPartLoader = (options: LoaderOptions): PartLoader => {
  const loaded = new Set<string>()
  const known = new Set<string>()
  const histories: MadeHistory[] = []
  // Spells of trouble count back from here, whenever a part is loaded.
  const origin = lastMinute()
  let turn: Promise<void> = Promise.resolve()
  const load = async (keys: readonly PartKey[]): Promise<void> => {
    const parts = await missingParts(keys, loaded, options.ask)
    if (parts.size === 0) return
    // Two parts may tell of one metric: what it counts is counted once.
    const series = [...parts.values()].flatMap((part) => part.series.map(named))
    const fresh = new Map(series.filter(([name]) => !known.has(name)))
    const history = madeHistory([...fresh.values()], options.begin, origin)
    if (fresh.size > 0) options.progress(`inventing ${fresh.size.toLocaleString('en-US')} series …`)
    await fillIn(options, history, [...parts.values()], loaded.size)
    histories.push(history)
    for (const key of parts.keys()) loaded.add(key)
    for (const name of fresh.keys()) known.add(name)
  }
  const inTurn = async (keys: readonly PartKey[]): Promise<void> => {
    if (keys.every((key) => loaded.has(JSON.stringify(key)))) return
    const mine = turn.then(() => load(keys))
    turn = mine.catch(() => {})
    await mine
  }
  return {
    start: () => inTurn([{ kind: 'start' }]),
    prepare: (query) => inTurn(partKeys(query)),
    samplesAt: (seconds) => histories.flatMap((history) => history.at(seconds)),
  }
}

const named = (series: MadeSeries) => [seriesText(series), series] as const

const lastMinute = (): number => Math.floor(Date.now() / 1000 / stepSeconds) * stepSeconds

/** With those that they need. */
const missingParts = async (
  keys: readonly PartKey[],
  loaded: ReadonlySet<string>,
  ask: AskPart,
): Promise<ReadonlyMap<string, SyntheticPart>> => {
  const found = new Map<string, SyntheticPart>()
  const waiting = [...keys]
  for (let key = waiting.shift(); key; key = waiting.shift()) {
    const name = JSON.stringify(key)
    if (loaded.has(name) || found.has(name)) continue
    const part = await ask(key)
    if (!part) continue
    found.set(name, part)
    waiting.push(...part.needs)
  }
  return found
}

/** The past of series, then of the rules that read them, level by level; from now on Prometheus evaluates those itself. */
const fillIn = async (
  { begin, rulesFolder, signal, url }: LoaderOptions,
  history: MadeHistory,
  parts: readonly SyntheticPart[],
  before: number,
): Promise<void> => {
  const time = { begin, end: lastMinute(), stepSeconds }
  await remoteWrite(url, pastSamples(history, time), signal)
  for (const level of ruleLevels(parts.flatMap(({ rules }) => rules))) {
    signal.throwIfAborted()
    await remoteWrite(url, await recordedSeries(url, level, time), signal)
  }
  for (const [index, { rules }] of parts.entries()) {
    if (rules.length === 0) continue
    // A file each, since two parts may name their groups alike.
    const file = join(rulesFolder, `${before + index}.yml`)
    await writeFile(file, yamlText({ groups: rules.flatMap(({ groups }) => groups) }))
  }
  const reloaded = await fetch(`${url}/-/reload`, { method: 'POST', signal })
  const said = await reloaded.text()
  if (!reloaded.ok) throw new Error(`Prometheus refused rules: ${said.trim()}`)
}
