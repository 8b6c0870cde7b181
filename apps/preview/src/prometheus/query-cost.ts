import { seriesOf, type PrometheusResult } from './prometheus-response.ts'

/** What a query asked of Prometheus, and what came of it. */
export interface QueryCost {
  readonly series: number
  readonly samplesReturned: number
  /** That Prometheus looked at; undefined where it does not say. */
  readonly samplesRead: number | undefined
  readonly evaluationMs: number | undefined
  /** With the way there and back. */
  readonly roundTripMs: number
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/, the parameter `stats`. */
export interface PrometheusStats {
  readonly timings?: { readonly evalTotalTime?: number }
  readonly samples?: { readonly totalQueryableSamples?: number }
}

export function queryCost(
  result: PrometheusResult,
  stats: PrometheusStats | undefined,
  roundTripMs: number,
): QueryCost {
  const series = seriesOf(result)
  const seconds = stats?.timings?.evalTotalTime
  return {
    series: series.length,
    samplesReturned: series.reduce((sum, { samples }) => sum + samples.length, 0),
    samplesRead: stats?.samples?.totalQueryableSamples,
    evaluationMs: seconds === undefined ? undefined : seconds * 1000,
    roundTripMs,
  }
}

/** A query that is both a range and an instant costs both. */
export const costsTogether = (costs: readonly QueryCost[]): QueryCost | undefined =>
  costs.length === 0
    ? undefined
    : costs.reduce((sum, cost) => ({
        series: sum.series + cost.series,
        samplesReturned: sum.samplesReturned + cost.samplesReturned,
        samplesRead: added(sum.samplesRead, cost.samplesRead),
        evaluationMs: added(sum.evaluationMs, cost.evaluationMs),
        roundTripMs: Math.max(sum.roundTripMs, cost.roundTripMs),
      }))

const added = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a + b

export function costText(cost: QueryCost): string {
  const parts = [
    counted(cost.series, 'series', 'series'),
    `${counted(cost.samplesReturned, 'sample', 'samples')} returned`,
    cost.samplesRead !== undefined && `${counted(cost.samplesRead, 'sample', 'samples')} read`,
    cost.evaluationMs !== undefined && `${milliseconds(cost.evaluationMs)} to evaluate`,
    `${milliseconds(cost.roundTripMs)} in all`,
  ]
  return parts.filter((part) => part !== false).join(', ')
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const milliseconds = (value: number): string =>
  `${value < 10 ? Number(value.toFixed(1)) : Math.round(value).toLocaleString('en')} ms`
