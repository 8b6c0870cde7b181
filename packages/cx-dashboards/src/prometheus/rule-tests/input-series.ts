import type { ExampleEvents, MovedSeries } from '../../promql/example-events.ts'
import { series } from '../../promql/expression.ts'
import { equals, type Matcher } from '../../promql/matcher.ts'
import { type Flow, type Lane, lengthOf, type Phase } from './lane.ts'

/** As promtool reads them. */
export interface InputSeries {
  readonly series: string
  readonly values: string
}

/**
 * The counters of a lane, sampled each minute.
 * @param minutes how long they go on; a flow that ends before stands still
 */
export const inputSeries = (
  { flows, name }: Lane,
  example: ExampleEvents,
  minutes: number,
): readonly InputSeries[] => {
  const moves = movesOf.get(example) ?? findMoves(example)
  movesOf.set(example, moves)
  // Customers who do the same have the same values.
  const made = new Map<Flow['phases'], readonly string[]>()
  return flows.flatMap((flow) => {
    const rest = { minutes: minutes - lengthOf(flow), good: 0, bad: 0 }
    const values =
      made.get(flow.phases) ?? moves.map((by) => counterValues([...flow.phases, rest], by))
    made.set(flow.phases, values)
    return moves.flatMap((move, index) =>
      move.bad || !flow.isOnlyBad
        ? [{ series: seriesText(move, name, flow), values: values[index] ?? '' }]
        : [],
    )
  })
}

/** A series, and what counts in it. */
interface Move extends CountedBy {
  readonly moved: MovedSeries
  /** Of its own labels. */
  readonly matchers: readonly Matcher[]
}

// Many lanes are told of each.
const movesOf = new WeakMap<ExampleEvents, readonly Move[]>()

/** Each series once, though good and bad events may both count in it. */
const findMoves = ({ bad, good }: ExampleEvents): readonly Move[] => {
  const moves = new Map<string, Move>()
  for (const moved of [...good, ...bad]) {
    const matchers = Object.entries(moved.labels).map(([label, value]) => equals(label, value))
    const move = { moved, matchers, good: good.includes(moved), bad: bad.includes(moved) }
    const text = seriesText(move, '', { customer: '', phases: [] })
    const before = moves.get(text)
    moves.set(text, {
      ...move,
      good: before?.good || move.good,
      bad: before?.bad || move.bad,
    })
  }
  return [...moves.values()]
}

const seriesText = ({ matchers, moved }: Move, lane: string, flow: Flow): string => {
  const { customer, environment, name } = moved
  return series(name, [
    ...matchers,
    ...(typeof environment === 'string' ? [equals(environment, lane)] : []),
    ...(customer === undefined ? [] : [equals(customer, flow.customer)]),
    // Those whom no label tells apart come by different replicas, or their series would be one.
    equals('replica', `${flow.replica ?? 'present'}${customer ? '' : ` of ${flow.customer}`}`),
  ]).text
}

/** Whether good events count in a series, and bad ones. */
interface CountedBy {
  readonly good: boolean
  readonly bad: boolean
}

/** `0+10x5 50x20`: from 0 five times by 10, then twenty more as it is. */
const counterValues = (phases: readonly Phase[], by: CountedBy): string => {
  const changeIn = ({ bad, good }: Phase) => (by.good ? good : 0) + (by.bad ? bad : 0)
  const total = phases.reduce((sum, phase) => sum + changeIn(phase) * phase.minutes, 0)
  let value = 0
  const parts = ['0']
  for (const phase of phases) {
    const { minutes } = phase
    if (minutes < 1) continue
    const change = inBinary(changeIn(phase), total)
    const more = minutes - 1
    parts.push(change === 0 ? `${value}x${more}` : `${value + change}+${change}x${more}`)
    value += change * minutes
  }
  return parts.join(' ')
}

/**
 * A number that adds up to the total without error: the least one would be a decrease, which is a counter's restart to Prometheus.
 */
const inBinary = (change: number, total: number): number => {
  // Sums below 2 ** 53 of them are exact; rounding may add a little to the total.
  const least = 2 ** (Math.ceil(Math.log2(total + 1)) - 52)
  const step = Math.max(least, change > 10_000 ? 1 : 2 ** -20)
  return Math.round(change / step) * step
}
