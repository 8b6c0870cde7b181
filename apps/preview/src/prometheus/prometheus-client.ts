import type { PrometheusResult } from './prometheus-response.ts'
import type { PrometheusStats } from './query-cost.ts'

const base = '/api/prometheus/api/v1'

/** An answer that is an error carries Prometheus' own words. */
export async function prometheusGet<Data>(
  path: string,
  parameters: Record<string, string>,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await fetch(`${base}/${path}?${new URLSearchParams(parameters)}`, {
    signal: signal ?? null,
  })
  return (await unwrap<Data>(response)).data
}

export type QueryAnswer = PrometheusResult & { readonly stats?: PrometheusStats }

/** By POST, since a query can be longer than an address may be. */
export async function prometheusQuery(
  path: 'query' | 'query_range',
  parameters: Record<string, string>,
  signal?: AbortSignal,
): Promise<QueryAnswer> {
  return (await prometheusQueryWithWarnings(path, parameters, signal)).data
}

export async function prometheusQueryWithWarnings(
  path: 'query' | 'query_range',
  parameters: Record<string, string>,
  signal?: AbortSignal,
): Promise<{ readonly data: QueryAnswer; readonly warnings: readonly string[] }> {
  return unwrap<QueryAnswer>(
    await fetch(`${base}/${path}`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
      signal: signal ?? null,
    }),
  )
}

async function unwrap<Data>(
  response: Response,
): Promise<{ readonly data: Data; readonly warnings: readonly string[] }> {
  const answer = (await response.json().catch(() => ({}))) as {
    status?: string
    data?: Data
    error?: string
    errorType?: string
    warnings?: readonly string[]
    infos?: readonly string[]
  }
  if (answer.status === 'success')
    return {
      data: answer.data as Data,
      warnings: [...(answer.warnings ?? []), ...(answer.infos ?? [])],
    }
  throw new Error(
    answer.error
      ? `${answer.errorType ?? 'error'}: ${answer.error}`
      : `Prometheus answered ${response.status} ${response.statusText}`,
  )
}
