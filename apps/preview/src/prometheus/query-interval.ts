import { rangeUtil, type TimeRange } from '@grafana/data'

// Prometheus refuses more; Grafana stays below in the same way.
const maxPoints = 11_000

export interface QueryInterval {
  readonly stepMs: number
  readonly builtIns: Readonly<Record<string, string>>
}

export interface IntervalInput {
  readonly range: TimeRange
  readonly maxDataPoints: number
  /** The target's own "Min step", empty where it has none. */
  readonly minStep: string
  readonly scrapeIntervalSeconds: number
}

/** Step and interval variables as Grafana's Prometheus data source computes them. */
export function queryInterval({
  range,
  maxDataPoints,
  minStep,
  scrapeIntervalSeconds,
}: IntervalInput): QueryInterval {
  const scrapeMs = minStep ? rangeUtil.intervalToMs(minStep) : scrapeIntervalSeconds * 1000
  const rangeMs = range.to.valueOf() - range.from.valueOf()
  const { intervalMs } = rangeUtil.calculateInterval(range, maxDataPoints, promDuration(scrapeMs))
  const stepMs = Math.max(intervalMs, Math.ceil(rangeMs / maxPoints / 1000) * 1000)
  const rateMs = Math.max(stepMs + scrapeMs, 4 * scrapeMs)
  return {
    stepMs,
    builtIns: {
      __interval: promDuration(stepMs),
      __interval_ms: String(stepMs),
      __rate_interval: promDuration(rateMs),
      __rate_interval_ms: String(rateMs),
    },
  }
}

const promDuration = (milliseconds: number) =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`
