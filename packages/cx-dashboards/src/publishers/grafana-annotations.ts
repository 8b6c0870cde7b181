import { perhapsLater } from './grafana-error.ts'
import { expectOk } from './grafana-legacy.ts'
import { type GrafanaRequest } from './grafana-request.ts'
import { listOf, recordOf } from './json-record.ts'
import { confirming, type RetryOptions } from './retry.ts'

/** A mark on graphs. Times in milliseconds since 1970. */
export interface Annotation {
  readonly text: string
  readonly tags: readonly string[]
  readonly time: number
  readonly end?: number | undefined
}

export interface AnnotationApi {
  /** Whether it was made; false where the same one was there. */
  annotate(annotation: Annotation): Promise<boolean>
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/annotations/ */
export const grafanaAnnotations = (
  get: GrafanaRequest,
  request: GrafanaRequest,
  options: RetryOptions,
): AnnotationApi => ({
  annotate: async (annotation) => {
    const isThere = () => hasAnnotation(get, annotation)
    if (await isThere()) return false
    return confirming(
      () => create(request, annotation),
      async () => ((await isThere()) ? true : undefined),
      perhapsLater,
      options,
    )
  },
})

const create = async (
  request: GrafanaRequest,
  { end, tags, text, time }: Annotation,
): Promise<boolean> => {
  const body = { text, tags, time, ...(end !== undefined && { timeEnd: end }) }
  expectOk(await request('POST', 'api/annotations', body), 'the annotation cannot be made')
  return true
}

const hasAnnotation = async (
  get: GrafanaRequest,
  { end, tags, text, time }: Annotation,
): Promise<boolean> => {
  const query = new URLSearchParams({ from: `${time}`, to: `${end ?? time}`, limit: '1000' })
  for (const tag of tags) query.append('tags', tag)
  const answer = await get('GET', `api/annotations?${query}`)
  expectOk(answer, 'annotations cannot be read')
  return listOf(answer.json)
    .map(recordOf)
    .some(
      (each) =>
        each['text'] === text &&
        each['time'] === time &&
        (each['timeEnd'] ?? time) === (end ?? time) &&
        tags.length === listOf(each['tags']).length,
    )
}
