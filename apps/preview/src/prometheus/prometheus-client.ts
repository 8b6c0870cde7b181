import type { PrometheusResult } from './prometheus-response.ts'

const base = '/api/prometheus/api/v1'

/** An answer that is an error carries Prometheus' own words. */
export async function prometheusGet<Data>(
  path: string,
  parameters: Record<string, string>,
  signal?: AbortSignal,
): Promise<Data> {
  return unwrap(
    await fetch(`${base}/${path}?${new URLSearchParams(parameters)}`, { signal: signal ?? null }),
  )
}

/** By POST, since a query can be longer than an address may be. */
export async function prometheusQuery(
  path: 'query' | 'query_range',
  parameters: Record<string, string>,
  signal?: AbortSignal,
): Promise<PrometheusResult> {
  return unwrap(
    await fetch(`${base}/${path}`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
      signal: signal ?? null,
    }),
  )
}

async function unwrap<Data>(response: Response): Promise<Data> {
  const answer = (await response.json().catch(() => ({}))) as {
    status?: string
    data?: Data
    error?: string
    errorType?: string
  }
  if (answer.status === 'success') return answer.data as Data
  throw new Error(
    answer.error
      ? `${answer.errorType ?? 'error'}: ${answer.error}`
      : `Prometheus answered ${response.status} ${response.statusText}`,
  )
}
