import type { DataFrame, TimeRange } from '@grafana/data'
import type { InterpolationContext } from '../interpolation/interpolate.ts'
import { interpolator } from '../interpolation/interpolate.ts'
import { prometheusQueryWithWarnings } from './prometheus-client.ts'
import { costsTogether, queryCost, type QueryCost } from './query-cost.ts'
import type { PrometheusResult } from './prometheus-response.ts'
import { queryInterval } from './query-interval.ts'
import { tableFrame, valueColumnName } from './table-frame.ts'
import { timeSeriesFrames } from './time-series-frames.ts'

/** A panel's query as the dashboard JSON has it. */
export interface Target {
  readonly refId?: string
  readonly expr?: string
  readonly legendFormat?: string
  readonly instant?: boolean
  readonly range?: boolean
  readonly format?: string
  readonly interval?: string
  readonly hide?: boolean
}

export interface QueryScope {
  readonly context: InterpolationContext
  readonly scrapeIntervalSeconds: number
  readonly maxDataPoints: number
  /** The panel's own "Min interval", empty where it has none. */
  readonly minInterval: string
}

/** A target with everything filled in: what Prometheus is asked, and what the inspector shows. */
export interface PreparedQuery {
  readonly refId: string
  readonly expr: string
  readonly legendFormat: string
  readonly isTable: boolean
  readonly isRange: boolean
  readonly isInstant: boolean
  readonly stepMs: number
}

export interface QueryResults {
  readonly frames: DataFrame[]
  readonly errors: readonly string[]
  /** By refId; nothing of a query that failed. */
  readonly told: ReadonlyMap<string, QueryTold>
}

/** What a query told beside its data. */
export interface QueryTold {
  readonly cost: QueryCost | undefined
  readonly warnings: readonly string[]
}

export function prepareQueries(targets: readonly Target[], scope: QueryScope): PreparedQuery[] {
  return targets
    .filter((target) => !target.hide && target.expr?.trim())
    .map((target, index) => prepare(target, index, scope))
}

function prepare(
  target: Target,
  index: number,
  { context, scrapeIntervalSeconds, maxDataPoints, minInterval }: QueryScope,
): PreparedQuery {
  const minStep = interpolator(context)(target.interval ?? '')
  const { stepMs, builtIns } = queryInterval({
    range: context.range,
    maxDataPoints,
    minStep,
    minInterval,
    scrapeIntervalSeconds,
  })
  const isInstant = target.instant ?? false
  return {
    refId: target.refId ?? String.fromCharCode(65 + index),
    expr: interpolator({ ...context, builtIns, defaultFormat: 'promql' })(target.expr ?? ''),
    legendFormat: interpolator({ ...context, builtIns })(target.legendFormat ?? ''),
    isTable: target.format === 'table',
    isInstant,
    isRange: target.range ?? !isInstant,
    stepMs,
  }
}

export async function runQueries(
  queries: readonly PreparedQuery[],
  range: TimeRange,
  signal: AbortSignal,
): Promise<QueryResults> {
  const tables = queries.filter(({ isTable }) => isTable).length
  const settled = await Promise.allSettled(
    queries.map((query) => run(query, range, tables, signal)),
  )
  const done = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  return {
    frames: done.flatMap(({ frames }) => frames),
    told: new Map(done.map(({ refId, told }) => [refId, told])),
    errors: settled.flatMap((result) =>
      result.status === 'rejected'
        ? [String((result.reason as Error).message ?? result.reason)]
        : [],
    ),
  }
}

async function run(query: PreparedQuery, range: TimeRange, tables: number, signal: AbortSignal) {
  const answers = await Promise.all([
    ...(query.isRange ? [ask('query_range', rangeParameters(query, range), signal)] : []),
    ...(query.isInstant
      ? [ask('query', { query: query.expr, time: seconds(range.to.valueOf()) }, signal)]
      : []),
  ])
  return {
    refId: query.refId,
    frames: answers.flatMap(({ data }) => framesOf(data, query, tables)),
    told: {
      cost: costsTogether(answers.map(({ cost }) => cost)),
      warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
    },
  }
}

const framesOf = (result: PrometheusResult, query: PreparedQuery, tables: number): DataFrame[] =>
  query.isTable
    ? [tableFrame(result, query.refId, valueColumnName(query.refId, tables))]
    : timeSeriesFrames(result, {
        ...query,
        stepMs: result.resultType === 'matrix' ? query.stepMs : undefined,
      })

async function ask(
  path: 'query' | 'query_range',
  parameters: Record<string, string>,
  signal: AbortSignal,
) {
  const begun = performance.now()
  const { data, warnings } = await prometheusQueryWithWarnings(
    path,
    // Any text but `all`, which would tell of every single step.
    { ...parameters, stats: 'true' },
    signal,
  )
  return { data, warnings, cost: queryCost(data, data.stats, performance.now() - begun) }
}

/** Aligned to the step, so that a refresh moves the window and not the points in it. */
export function rangeParameters(
  { expr, stepMs }: Pick<PreparedQuery, 'expr' | 'stepMs'>,
  range: TimeRange,
): Record<string, string> {
  const align = (milliseconds: number) => seconds(Math.floor(milliseconds / stepMs) * stepMs)
  return {
    query: expr,
    start: align(range.from.valueOf()),
    end: align(range.to.valueOf()),
    step: seconds(stepMs),
  }
}

const seconds = (milliseconds: number) => String(milliseconds / 1000)
