import {
  LoadingState,
  transformDataFrame,
  type DataFrame,
  type DataTransformerConfig,
  type InterpolateFunction,
  type PanelData,
  type TimeRange,
} from '@grafana/data'
import type { Panel } from '@grafana/schema'
import { lastValueFrom } from 'rxjs'
import { useEffect, useMemo, useState } from 'react'
import {
  prepareQueries,
  runQueries,
  type PreparedQuery,
  type QueryResults,
  type Target,
} from '../prometheus/run-queries.ts'
import type { DashboardScope } from './dashboard-scope.ts'

export interface PanelResults {
  readonly queries: readonly PreparedQuery[]
  readonly isLoading: boolean
  readonly data: PanelData
  readonly errors: readonly string[]
  readonly told: QueryResults['told']
}

interface Done {
  readonly key: string
  readonly range: TimeRange
  readonly series: DataFrame[]
  readonly errors: readonly string[]
  readonly told: QueryResults['told']
}

/** Runs a panel's queries and transformations whenever what they ask changes; the former data stays until then. */
export function usePanelData(
  panel: Panel,
  scope: DashboardScope,
  maxDataPoints: number,
  replaceVariables: InterpolateFunction,
): PanelResults {
  const { variables, range, scrapeIntervalSeconds } = scope
  const queries = useMemo(
    () =>
      prepareQueries((panel.targets ?? []) as Target[], {
        context: { variables, range },
        scrapeIntervalSeconds,
        maxDataPoints: panel.maxDataPoints ?? maxDataPoints,
        minInterval: panel.interval ?? '',
      }),
    [panel, variables, range, scrapeIntervalSeconds, maxDataPoints],
  )
  const key = JSON.stringify([
    queries,
    panel.transformations,
    range.from.valueOf(),
    range.to.valueOf(),
  ])
  const [done, setDone] = useState<Done>({
    key: '',
    range,
    series: [],
    errors: [],
    told: new Map(),
  })

  useEffect(() => {
    if (maxDataPoints === 0) return
    const abort = new AbortController()
    const show = (results: Pick<Done, 'series' | 'errors' | 'told'>) =>
      abort.signal.aborted || setDone({ key, range, ...results })
    const transformations = (panel.transformations ?? []) as DataTransformerConfig[]
    void load(queries, transformations, range, replaceVariables, abort.signal).then(show)
    return () => abort.abort()
    // The key stands for all that matters in the rest.
  }, [key, maxDataPoints === 0])

  const data = useMemo<PanelData>(
    () => ({ state: LoadingState.Done, series: done.series, timeRange: done.range }),
    [done],
  )
  return { queries, isLoading: done.key !== key, data, errors: done.errors, told: done.told }
}

async function load(
  queries: readonly PreparedQuery[],
  transformations: readonly DataTransformerConfig[],
  range: TimeRange,
  interpolate: InterpolateFunction,
  signal: AbortSignal,
): Promise<Pick<Done, 'series' | 'errors' | 'told'>> {
  const { frames, errors, told } = await runQueries(queries, range, signal)
  try {
    const series = await lastValueFrom(
      transformDataFrame([...transformations], frames, { interpolate }),
    )
    return { series, errors, told }
  } catch (error) {
    return {
      series: [],
      errors: [...errors, `Transformation: ${(error as Error).message}`],
      told,
    }
  }
}
