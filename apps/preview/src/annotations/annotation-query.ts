import type { Dashboard } from '@grafana/schema'

/** What the JSON says of annotations that Prometheus is asked for, in both forms that Grafana has written. */
export interface AnnotationQuery {
  readonly name?: string
  readonly enable?: boolean
  /** No switch for it is shown. */
  readonly hide?: boolean
  readonly iconColor?: string
  readonly builtIn?: number
  readonly expr?: string
  readonly step?: string
  readonly target?: { readonly expr?: string; readonly interval?: string }
  readonly titleFormat?: string
  readonly textFormat?: string
  readonly tagKeys?: string
  readonly useValueForTime?: boolean | string
  /** Which panels show it. */
  readonly filter?: { readonly exclude?: boolean; readonly ids?: readonly number[] }
}

/** Those of the dashboard that we can ask; Grafana's own annotations are in its database. */
export const annotationQueries = ({ annotations }: Dashboard): readonly AnnotationQuery[] =>
  ((annotations?.list ?? []) as readonly AnnotationQuery[]).filter(
    (query) => !query.builtIn && expressionOf(query).trim() !== '',
  )

export const expressionOf = ({ expr, target }: AnnotationQuery): string =>
  target?.expr || expr || ''

export const stepOf = ({ step, target }: AnnotationQuery): string => target?.interval || step || ''

export const isForPanel = ({ filter }: AnnotationQuery, panelId: number | undefined): boolean => {
  if (!filter?.ids?.length || panelId === undefined) return true
  return filter.ids.includes(panelId) !== (filter.exclude ?? false)
}
