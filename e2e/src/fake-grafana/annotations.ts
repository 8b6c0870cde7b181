import type { FakeServer } from './server.ts'

interface Body {
  readonly text?: string
  readonly tags?: readonly string[]
  readonly time?: number
  readonly timeEnd?: number
}

interface Query {
  readonly from?: string
  readonly to?: string
  readonly tags?: string | readonly string[]
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/annotations/ */
export const annotationRoutes = ({ app, store: { annotations } }: FakeServer): void => {
  app.get<{ Querystring: Query }>('/api/annotations', ({ query }) => {
    const tags = [query.tags ?? []].flat()
    return annotations.filter(
      (each) =>
        each.timeEnd >= Number(query.from ?? 0) &&
        each.time <= Number(query.to ?? Number.MAX_SAFE_INTEGER) &&
        tags.every((tag) => each.tags.includes(tag)),
    )
  })

  app.post<{ Body: Body }>('/api/annotations', ({ body }, reply) => {
    const { tags = [], text = '', time = Date.now(), timeEnd = time } = body
    if (text === '') return reply.code(400).send({ message: 'text field should not be empty' })
    const id = annotations.length + 1
    annotations.push({ id, text, tags, time, timeEnd })
    return { message: 'Annotation added', id }
  })
  app.delete<{ Params: { id: string } }>('/api/annotations/:id', ({ params }, reply) => {
    const index = annotations.findIndex(({ id }) => id === Number(params.id))
    if (index < 0) return reply.code(404).send({ message: 'Could not find annotation' })
    annotations.splice(index, 1)
    return { message: 'Annotation deleted' }
  })
}
