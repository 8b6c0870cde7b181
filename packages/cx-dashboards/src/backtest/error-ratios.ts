import type { Objective } from 'cx-definition'
import type { Range } from '../publishers/prometheus-api.ts'
import type { BudgetHistory, Events } from './budget-history.ts'

/** The error ratio of an objective in an environment over time, for the picture. */
export interface ErrorRatios {
  readonly objective: string
  readonly environment: string
  /** Seconds that each point tells of. */
  readonly span: number
  /** Seconds since 1970 at the end of the span, and bad over total; none where nothing happened. */
  readonly points: readonly (readonly [number, number])[]
}

const mostPoints = 480
const recordedSpan = 300

/** Good and bad are added up first and divided last. */
export const errorRatios = (
  { name }: Objective,
  { environment, events }: BudgetHistory,
  { end, start }: Range,
): ErrorRatios => {
  const span = Math.ceil((end - start) / recordedSpan / mostPoints) * recordedSpan || recordedSpan
  const spans = Map.groupBy(
    events.filter(({ at }) => at >= start && at <= end),
    ({ at }) => Math.ceil(at / span) * span,
  )
  const points = [...spans].flatMap(([at, within]) => {
    const total = sumOf(within, 'total')
    return total > 0 ? [[at, rounded(sumOf(within, 'bad') / total)] as const] : []
  })
  return { objective: name, environment, span, points }
}

const sumOf = (events: readonly Events[], what: 'bad' | 'total'): number =>
  events.reduce((sum, { [what]: count }) => sum + count, 0)

const rounded = (ratio: number): number => Number(ratio.toPrecision(4))
