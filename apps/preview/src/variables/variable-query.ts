import type { VariableModel } from '@grafana/schema'

/** What a query variable asks Prometheus for. */
export type VariableQuery =
  | { readonly kind: 'labelValues'; readonly label: string; readonly selector: string }
  | { readonly kind: 'labelNames' }
  | { readonly kind: 'metrics'; readonly pattern: string }
  | { readonly kind: 'queryResult'; readonly expr: string }

/** The text form that Grafana's Prometheus data source takes: `label_values(metric{a="b"}, label)` and its like. */
export function parseVariableQuery(query: string): VariableQuery {
  const text = query.trim()
  const call = /^(\w+)\((.*)\)$/s.exec(text)
  const [, name, inside = ''] = call ?? []
  if (name === 'label_values') return labelValues(inside)
  if (name === 'label_names') return { kind: 'labelNames' }
  if (name === 'metrics') return { kind: 'metrics', pattern: inside.trim() }
  return { kind: 'queryResult', expr: name === 'query_result' ? inside.trim() : text }
}

function labelValues(inside: string): VariableQuery {
  // The selector may contain commas of its own; the label is what follows the last one outside braces.
  const [, selector = '', label = ''] = /^(?:(.*),)?\s*([\w.]+)\s*$/s.exec(inside) ?? []
  return { kind: 'labelValues', label, selector: selector.trim() }
}

/** In v1 JSON the query is a text, or an object that holds the text. */
export function queryText({ query }: Pick<VariableModel, 'query'>): string {
  if (typeof query === 'string') return query
  return typeof query?.['query'] === 'string' ? query['query'] : ''
}
