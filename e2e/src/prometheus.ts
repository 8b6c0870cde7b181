import { inject } from 'vitest'

export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [number, string]
}

export interface Samples {
  readonly metric: Readonly<Record<string, string>>
  readonly values: readonly (readonly [number, string])[]
}

/** An instant query. @throws Error with what Prometheus says of the query. */
export const query = (expression: string): Promise<readonly Sample[]> =>
  ask('query', { query: expression })

/** The last five minutes, a point for each second. @throws Error with what Prometheus says of the query. */
export const queryRange = (expression: string): Promise<readonly Samples[]> => {
  const end = Date.now() / 1000
  return ask('query_range', {
    query: expression,
    start: String(end - 300),
    end: String(end),
    step: '1',
  })
}

const ask = async <Result>(
  path: string,
  parameters: Record<string, string>,
): Promise<readonly Result[]> => {
  const body = new URLSearchParams(parameters)
  const response = await fetch(`${inject('urls').prometheus}/api/v1/${path}`, {
    method: 'POST',
    body,
  })
  const answer = (await response.json()) as { error?: string; data?: { result: readonly Result[] } }
  if (!answer.data) throw new Error(`${answer.error}: ${parameters.query}`)
  return answer.data.result
}

export const labelSets = async (
  name: string,
  prometheus = inject('urls').prometheus,
): Promise<readonly Readonly<Record<string, string>>[]> => {
  const url = new URL('/api/v1/series', prometheus)
  url.searchParams.set('match[]', name)
  return ((await (await fetch(url)).json()) as { data: Readonly<Record<string, string>>[] }).data
}
