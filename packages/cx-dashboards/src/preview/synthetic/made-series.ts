/** A time in which a series counts another share, in seconds before the data was begun; `to` is later, so it is less. */
export interface Spell {
  readonly from: number
  readonly to: number
  readonly share: number
}

/** A series of invented data. Plain data, since a worker makes it and another thread lets it run. */
export interface MadeSeries {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly kind: 'counter' | 'gauge'
  /** Events a second of the flow that it tells of; the value of a gauge. */
  readonly perSecond: number
  /** The part of them that it counts. A gauge whose share is 0 is not there. */
  readonly share: number
  readonly spells: readonly Spell[]
  /** Series of one flow rise and fall together. */
  readonly flow: string
  /** Counts things, not seconds. */
  readonly isWhole: boolean
}

export interface Sample {
  readonly series: MadeSeries
  readonly value: number
}

export interface MadeHistory {
  /** Every series at a time, in seconds since 1970, which may not go back. */
  at(seconds: number): readonly Sample[]
}

/**
 * Lets series run from a time on.
 * @param begin seconds since 1970, where every counter is 0
 * @param origin seconds since 1970, from which spells count back
 */
export const madeHistory = (
  series: readonly MadeSeries[],
  begin: number,
  origin: number,
): MadeHistory => {
  const counted = new Float64Array(series.length)
  let now = begin
  return {
    at(seconds) {
      while (now < seconds) {
        const next = Math.min(seconds, now + longestStep)
        // Hundreds of series are of one flow.
        const tides = new Map<string, number>()
        for (const [index, each] of series.entries()) {
          const tide = tides.get(each.flow) ?? tideAt(each.flow, (now + next) / 2)
          tides.set(each.flow, tide)
          counted[index] = (counted[index] ?? 0) + tide * usualEvents(each, now, next, origin)
        }
        now = next
      }
      return series.flatMap((each, index) => {
        const value = valueOf(each, counted[index] ?? 0, now, origin)
        return value === undefined ? [] : [{ series: each, value }]
      })
    },
  }
}

// Spells begin and end at whole minutes, so nothing is smeared over more than one.
const longestStep = 60

/** Without the tide. */
const usualEvents = (series: MadeSeries, from: number, to: number, origin: number): number => {
  if (series.kind === 'gauge') return 0
  return series.perSecond * shareAt(series, origin - (from + to) / 2) * (to - from)
}

const valueOf = (
  series: MadeSeries,
  counted: number,
  now: number,
  origin: number,
): number | undefined => {
  if (series.kind === 'counter') return series.isWhole ? Math.floor(counted) : counted
  const share = shareAt(series, origin - now)
  return share === 0 ? undefined : series.perSecond * share
}

const shareAt = ({ share, spells }: MadeSeries, secondsAgo: number): number =>
  spells.find(({ from, to }) => secondsAgo <= from && secondsAgo > to)?.share ?? share

/** Between about a half and one and a half: slow waves and a little noise, the same whenever it is asked. */
const tideAt = (flow: string, seconds: number): number => {
  const phase = hash(flow)
  const wave = Math.sin((2 * Math.PI * seconds) / 5400 + 2 * Math.PI * phase)
  const noise = hash(`${flow} ${Math.floor(seconds / 60)}`) - 0.5
  return 1 + 0.3 * wave + 0.3 * noise
}

/** FNV-1a, as a number from 0 to 1. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  // Neighbours in time must not be neighbours in value.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return ((value ^ (value >>> 12)) >>> 0) / 2 ** 32
}
