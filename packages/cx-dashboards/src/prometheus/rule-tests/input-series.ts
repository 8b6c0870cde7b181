import type { ExampleEvents, MovedSeries } from '../../promql/example-events.ts'
import { equals, series } from '../../promql/expression.ts'
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
  { bad, good }: ExampleEvents,
  minutes: number,
): readonly InputSeries[] =>
  flows.flatMap((flow) => {
    const moves = new Map<string, { good: boolean; bad: boolean }>()
    for (const moved of [...good, ...bad]) {
      const text = seriesText(moved, name, flow)
      const before = moves.get(text) ?? { good: false, bad: false }
      moves.set(text, {
        good: before.good || good.includes(moved),
        bad: before.bad || bad.includes(moved),
      })
    }
    const rest = { minutes: minutes - lengthOf(flow), good: 0, bad: 0 }
    return [...moves].map(([text, by]) => ({
      series: text,
      values: counterValues([...flow.phases, rest], by),
    }))
  })

const seriesText = (
  { customer, environment, labels, name }: MovedSeries,
  lane: string,
  flow: Flow,
): string =>
  series(name, [
    ...Object.entries(labels).map(([label, value]) => equals(label, value)),
    ...(typeof environment === 'string' ? [equals(environment, lane)] : []),
    ...(customer === undefined ? [] : [equals(customer, flow.customer)]),
    // Those whom no label tells apart come by different replicas, or their series would be one.
    equals('replica', `${flow.replica ?? 'present'}${customer ? '' : ` of ${flow.customer}`}`),
  ]).text

/** `0+10x5 50x20`: from 0 five times by 10, then twenty more as it is. */
const counterValues = (
  phases: readonly Phase[],
  by: { readonly good: boolean; readonly bad: boolean },
): string => {
  let value = 0
  const parts = ['0']
  for (const { bad, good, minutes } of phases) {
    if (minutes < 1) continue
    const change = inBinary((by.good ? good : 0) + (by.bad ? bad : 0))
    const more = minutes - 1
    parts.push(change === 0 ? `${value}x${more}` : `${value + change}+${change}x${more}`)
    value += change * minutes
  }
  return parts.join(' ')
}

/** A number that adds up without error: the least one would be a decrease, which is a counter's restart to Prometheus. */
const inBinary = (change: number): number =>
  change > 10_000 ? Math.round(change) : Math.round(change * 2 ** 20) / 2 ** 20
