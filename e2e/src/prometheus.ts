import { inject } from 'vitest'

export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [number, string]
}

/** An instant query against the stack's Prometheus. @throws Error with what Prometheus says of the query. */
export const query = async (expression: string): Promise<readonly Sample[]> => {
  const body = new URLSearchParams({ query: expression })
  const response = await fetch(`${inject('urls').prometheus}/api/v1/query`, {
    method: 'POST',
    body,
  })
  const answer = (await response.json()) as { error?: string; data?: { result: readonly Sample[] } }
  if (!answer.data) throw new Error(`${answer.error}: ${expression}`)
  return answer.data.result
}

export const labelSets = async (
  name: string,
): Promise<readonly Readonly<Record<string, string>>[]> => {
  const url = new URL('/api/v1/series', inject('urls').prometheus)
  url.searchParams.set('match[]', name)
  return ((await (await fetch(url)).json()) as { data: Readonly<Record<string, string>>[] }).data
}
