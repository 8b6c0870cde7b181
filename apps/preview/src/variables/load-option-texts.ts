import type { TimeRange } from '@grafana/data'
import { prometheusGet, prometheusQuery } from '../prometheus/prometheus-client.ts'
import { seriesOf, type Labels, type Series } from '../prometheus/prometheus-response.ts'
import { parseVariableQuery } from './variable-query.ts'

export type LoadOptionTexts = (query: string, range: TimeRange) => Promise<readonly string[]>

/** Asks Prometheus for a query variable's values. */
export const loadOptionTexts: LoadOptionTexts = async (text, range) => {
  const query = parseVariableQuery(text)
  const window = {
    start: String(range.from.valueOf() / 1000),
    end: String(range.to.valueOf() / 1000),
  }
  if (query.kind === 'labelNames') return prometheusGet<string[]>('labels', window)
  if (query.kind === 'metrics') {
    const names = await prometheusGet<string[]>('label/__name__/values', window)
    return names.filter((name) => new RegExp(query.pattern).test(name))
  }
  if (query.kind === 'labelValues') {
    const selector: Record<string, string> = query.selector ? { 'match[]': query.selector } : {}
    return prometheusGet<string[]>(`label/${query.label}/values`, { ...window, ...selector })
  }
  return seriesOf(await prometheusQuery('query', { query: query.expr, time: window.end })).map(
    seriesText,
  )
}

function seriesText({ labels: { __name__ = '', ...labels }, samples }: Series): string {
  const [seconds = 0, value = ''] = samples.at(-1) ?? []
  return `${__name__}${labelText(labels)} ${value} ${seconds * 1000}`
}

const labelText = (labels: Labels) =>
  `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`
