import type { TimeRange } from '@grafana/data'
import { useEffect, useState } from 'react'
import { interpolator } from '../interpolation/interpolate.ts'
import type { VariableValue } from '../interpolation/variable-value.ts'
import { prometheusQuery } from '../prometheus/prometheus-client.ts'
import { seriesOf } from '../prometheus/prometheus-response.ts'
import { queryInterval } from '../prometheus/query-interval.ts'
import { rangeParameters } from '../prometheus/run-queries.ts'
import { annotationEvents, type AnnotationEvent } from './annotation-events.ts'
import { expressionOf, stepOf, type AnnotationQuery } from './annotation-query.ts'

export interface Annotations {
  readonly events: readonly AnnotationEvent[]
  readonly errors: readonly string[]
}

const none: Annotations = { events: [], errors: [] }

// As many points as Grafana asks for.
const maxDataPoints = 100

/** Asks for those that are switched on, whenever the time or a variable changes; the former ones stay until then. */
export function useAnnotations(
  queries: readonly AnnotationQuery[],
  variables: readonly VariableValue[] | undefined,
  range: TimeRange,
  scrapeIntervalSeconds: number,
): Annotations {
  const [annotations, setAnnotations] = useState<Annotations>(none)
  useEffect(() => {
    if (!variables) return
    const abort = new AbortController()
    const show = (found: Annotations) => abort.signal.aborted || setAnnotations(found)
    void loadAll(queries, variables, range, scrapeIntervalSeconds, abort.signal).then(show)
    return () => abort.abort()
  }, [queries, variables, range, scrapeIntervalSeconds])
  return annotations
}

async function loadAll(
  queries: readonly AnnotationQuery[],
  ...rest: readonly [readonly VariableValue[], TimeRange, number, AbortSignal]
): Promise<Annotations> {
  const settled = await Promise.allSettled(queries.map((query) => load(query, ...rest)))
  return {
    events: settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
    errors: settled.flatMap((each) =>
      each.status === 'rejected' ? [String((each.reason as Error).message)] : [],
    ),
  }
}

async function load(
  query: AnnotationQuery,
  variables: readonly VariableValue[],
  range: TimeRange,
  scrapeIntervalSeconds: number,
  signal: AbortSignal,
): Promise<AnnotationEvent[]> {
  const { stepMs, builtIns } = queryInterval({
    range,
    maxDataPoints,
    minStep: interpolator({ variables, range })(stepOf(query)),
    minInterval: '',
    scrapeIntervalSeconds,
  })
  const fill = interpolator({ variables, range, builtIns, defaultFormat: 'promql' })
  const parameters = rangeParameters({ expr: fill(expressionOf(query)), stepMs }, range)
  try {
    const result = await prometheusQuery('query_range', parameters, signal)
    return annotationEvents(seriesOf(result), query, stepMs)
  } catch (error) {
    throw new Error(`${query.name ?? 'Annotation'}: ${(error as Error).message}`, { cause: error })
  }
}
