import { createDataFrame, FieldType, type DataFrame } from '@grafana/data'
import {
  seriesOf,
  sampleValue,
  type Labels,
  type PrometheusResult,
  type Series,
} from './prometheus-response.ts'

export interface SeriesQuery {
  readonly refId: string
  readonly expr: string
  readonly legendFormat: string
  /** Milliseconds between two points; a wider distance is drawn as a gap. */
  readonly stepMs?: number | undefined
}

/** One frame a series, named as Grafana's Prometheus data source names them. */
export function timeSeriesFrames(result: PrometheusResult, query: SeriesQuery): DataFrame[] {
  return seriesOf(result).map((series) => frame(series, query))
}

function frame({ labels, samples }: Series, query: SeriesQuery): DataFrame {
  const name = seriesName(labels, query)
  return createDataFrame({
    refId: query.refId,
    name,
    meta: { executedQueryString: query.expr },
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        config: query.stepMs ? { interval: query.stepMs } : {},
        values: samples.map(([seconds]) => seconds * 1000),
      },
      {
        name: 'Value',
        type: FieldType.number,
        labels: { ...labels },
        // Without a name of its own, Grafana derives one from the labels that differ.
        config: name ? { displayNameFromDS: name } : {},
        values: samples.map(([, value]) => sampleValue(value)),
      },
    ],
  })
}

function seriesName(labels: Labels, { legendFormat, expr }: SeriesQuery): string {
  const isEmpty = Object.keys(labels).length === 0
  if (legendFormat === '__auto') return isEmpty ? expr : ''
  if (legendFormat)
    return legendFormat.replace(
      /\{\{\s*(.+?)\s*\}\}/g,
      (_template, label: string) => labels[label] ?? '',
    )
  return isEmpty ? expr : metricText(labels)
}

function metricText({ __name__ = '', ...labels }: Labels): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return matchers.length ? `${__name__}{${matchers.join(', ')}}` : __name__
}
