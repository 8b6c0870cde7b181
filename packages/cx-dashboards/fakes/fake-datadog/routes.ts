import type { FastifyInstance, FastifyReply } from 'fastify'
import { obstaclesTo, refusalOf } from './refusals.ts'
import { create, type Json, type Kind, pick, type Store, update } from './store.ts'

interface Params {
  readonly id: string
}

interface Limits {
  readonly mostBytes: number
  readonly listedDescription: number | undefined
}

type Query = Readonly<Record<string, string | undefined>>

/**
 * https://docs.datadoghq.com/api/latest/service-level-objectives, …/monitors and …/dashboards: paths, status codes and bodies, as the
 * API's published description (DataDog/datadog-api-client-go, .generator/schemas/v1/openapi.yaml) has them.
 */
export const routes = (
  app: FastifyInstance,
  store: Store,
  limits: Limits,
  added: (kind: Kind) => Json | undefined,
): void => {
  const { listedDescription = Infinity, mostBytes } = limits
  for (const kind of ['slo', 'monitor', 'dashboard'] as const) {
    const path = `/api/v1/${kind}`
    app.get<{ Querystring: Query }>(path, ({ query }) =>
      lists[kind]([...store[kind].values()], query, listedDescription),
    )
    app.get<{ Params: Params }>(`${path}/:id`, ({ params }, reply) => {
      const found = store[kind].get(params.id)
      return found ? (kind === 'slo' ? { data: found, errors: [] } : found) : missing(reply, kind)
    })
    app.post<{ Body: Json }>(path, ({ body }, reply) => {
      const refusal = refusalOf(kind, body, store, mostBytes)
      if (refusal) return reply.code(refusal.status).send({ errors: [refusal.error] })
      return saved(kind, create(store, kind, { ...added(kind), ...body }))
    })
    app.put<{ Params: Params; Body: Json }>(`${path}/:id`, ({ body, params }, reply) => {
      if (!store[kind].has(params.id)) return missing(reply, kind)
      const refusal = refusalOf(kind, body, store, mostBytes)
      if (refusal) return reply.code(refusal.status).send({ errors: [refusal.error] })
      return saved(kind, update(store, kind, params.id, { ...added(kind), ...body }) ?? {})
    })
    app.delete<{ Params: Params; Querystring: Query }>(`${path}/:id`, ({ params, query }, reply) =>
      removed(store, kind, params.id, query['force'] === 'true', reply),
    )
  }
  for (const path of ['/api/v1/monitor/validate', '/api/v1/monitor/:id/validate']) {
    app.post<{ Body: Json }>(path, ({ body }, reply) => {
      const refusal = refusalOf('monitor', body, store, mostBytes)
      return refusal ? reply.code(refusal.status).send({ errors: [refusal.error] }) : {}
    })
  }
}

const saved = (kind: Kind, json: Json): unknown =>
  kind === 'slo' ? { data: [json], errors: [] } : json

const missing = (reply: FastifyReply, kind: Kind) =>
  reply.code(404).send({ errors: [`${kind} not found`] })

const lists: Readonly<
  Record<Kind, (all: readonly Json[], query: Query, listedDescription: number) => unknown>
> = {
  slo: (all, { limit = '1000', offset = '0', tags_query: tag = '' }) => ({
    data: all
      // It is called a query, and may find more than the tag.
      .filter(({ tags }) => Array.isArray(tags) && tags.some((each) => String(each).includes(tag)))
      .slice(Number(offset), Number(offset) + Number(limit)),
    errors: [],
    metadata: { page: { total_count: all.length, total_filtered_count: all.length } },
  }),
  monitor: (all, { monitor_tags: tags = '', page, page_size: size = '100' }) => {
    const found = all.filter((json) => hasTags(json, tags.split(',')))
    return page === undefined
      ? found
      : found.slice(Number(page) * Number(size), (Number(page) + 1) * Number(size))
  },
  dashboard: (all, { count = '100', start = '0' }, listedDescription) => ({
    dashboards: all
      .slice(Number(start), Number(start) + Number(count))
      .map((json) => pick(json, summaryFields))
      .map((json) => ({
        ...json,
        description: String(json['description'] ?? '').slice(0, listedDescription),
      })),
  }),
}

const summaryFields = [
  'author_handle',
  'created_at',
  'description',
  'id',
  'is_read_only',
  'layout_type',
  'modified_at',
  'title',
  'url',
]

const hasTags = ({ tags }: Json, wanted: readonly string[]): boolean =>
  wanted.every((tag) => tag === '' || (Array.isArray(tags) && tags.includes(tag)))

const removed = (store: Store, kind: Kind, id: string, force: boolean, reply: FastifyReply) => {
  if (!store[kind].has(id)) return missing(reply, kind)
  const obstacles = force ? [] : obstaclesTo(kind, id, store)
  if (obstacles.length > 0) {
    return kind === 'slo'
      ? reply.code(409).send({ data: [], errors: { [id]: obstacles.join(', ') } })
      : reply
          .code(400)
          .send({ errors: [`monitor [${id}] is referenced in ${obstacles.join(', ')}`] })
  }
  store[kind].delete(id)
  return {
    slo: { data: [id] },
    monitor: { deleted_monitor_id: Number(id) },
    dashboard: { deleted_dashboard_id: id },
  }[kind]
}
