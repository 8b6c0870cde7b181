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
  /** The panel's "Min interval", empty where it has none. It widens the step, and not what a rate looks back over. */
  readonly minInterval: string
  readonly scrapeIntervalSeconds: number
}

/** Step and interval variables as Grafana's Prometheus data source computes them. */
export function queryInterval({
  range,
  maxDataPoints,
  minStep,
  minInterval,
  scrapeIntervalSeconds,
}: IntervalInput): QueryInterval {
  const scrapeMs = minStep ? rangeUtil.intervalToMs(minStep) : scrapeIntervalSeconds * 1000
  const rangeMs = range.to.valueOf() - range.from.valueOf()
  const leastMs = minInterval ? Math.max(scrapeMs, rangeUtil.intervalToMs(minInterval)) : scrapeMs
  const { intervalMs } = rangeUtil.calculateInterval(range, maxDataPoints, promDuration(leastMs))
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
