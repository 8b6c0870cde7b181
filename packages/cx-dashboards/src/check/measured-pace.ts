import { days, type Duration, hours, minutes, type Objective, shortDuration } from 'cx-definition'
import { eventsIn, labels } from '../promql/queries.ts'
import type { Prometheus, RangeSeries } from '../publishers/prometheus-api.ts'

/** What an objective is compared with. */
export interface Comparison {
  readonly prometheus: Prometheus
  readonly dimension: string
  /** Those that page; empty where none is named, and then all count. */
  readonly environments: readonly string[]
  /** Seconds since 1970. */
  readonly now: number
}

interface Look {
  readonly back: Duration
  /** The whole is counted in windows of this length, side by side. */
  readonly window: Duration
}

const week: Look = { back: days(7), window: hours(1) }
// For a Prometheus that was started a moment ago, whose first hour is not over.
const lastHour: Look = { back: hours(1), window: minutes(5) }
const fewestWindows = 3

/** What was seen of an objective in one environment; empty where its series do not say which. */
export interface Pace {
  readonly environment: string
  readonly perHour: number
  /** Of which there is data. */
  readonly seconds: number
}

/** Hour by hour over a week, as far back as there is data. */
export const measuredPaces = async (
  objective: Objective,
  comparison: Comparison,
): Promise<readonly Pace[]> => {
  const found = await countedIn(week, objective, comparison)
  const isYoung = found.every(({ samples }) => samples.length < fewestWindows)
  if (found.length === 0 || !isYoung) return found.map((each) => paceOf(each, week))
  const recent = await countedIn(lastHour, objective, comparison)
  return recent.length > 0
    ? recent.map((each) => paceOf(each, lastHour))
    : found.map((each) => paceOf(each, week))
}

const countedIn = (
  { back, window }: Look,
  { indicator }: Objective,
  { dimension, now, prometheus }: Comparison,
): Promise<readonly RangeSeries[]> => {
  const scope = { dimension, matchers: [] }
  const events = eventsIn(indicator.total, scope, shortDuration(window), [labels.environment])
  const start = now - back.seconds + window.seconds
  return prometheus.queryRange(events.text, { start, end: now, step: window.seconds })
}

const paceOf = ({ labels: own, samples }: RangeSeries, { window }: Look): Pace => {
  const counts = samples.map(({ value }) => value).filter(Number.isFinite)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const seconds = counts.length * window.seconds
  return {
    environment: own[labels.environment] ?? '',
    perHour: seconds === 0 ? 0 : (total / seconds) * 3600,
    seconds,
  }
}
