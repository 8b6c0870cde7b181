import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { parse, stringify } from 'yaml'

export interface FakeRulerOptions {
  /** Asks for X-Scope-OrgID, as a Mimir of several tenants does. */
  readonly tenants?: boolean
  /** The value of the Authorization header that is let in; anyone when left out. */
  readonly authorization?: string
  /** Rules that a group may have at most; Mimir's default is 20. */
  readonly mostRules?: number
  /** Before 2.11 Mimir answered 404 to a tenant without rules. */
  readonly old?: boolean
  /** Answers in place of the real thing, for the faults that a server can have. */
  readonly fault?: (request: FastifyRequest, reply: FastifyReply) => unknown
  /** Called when a write took effect: it may still lose the answer. */
  readonly afterWrite?: (request: FastifyRequest, reply: FastifyReply) => unknown
}

interface Group {
  readonly name: string
  readonly [field: string]: unknown
}

/**
 * A fake of Mimir's ruler API, no more than rules need, after https://grafana.com/docs/mimir/latest/references/http-api/#ruler-rules
 * and, for what is answered when, pkg/ruler/api.go of grafana/mimir.
 */
export const startFakeRuler = async (options: FakeRulerOptions = {}) => {
  const { afterWrite, authorization, fault, mostRules = 0, old = false, tenants = false } = options
  const stored = new Map<string, Map<string, Group>>()
  const requests: string[] = []
  const app = Fastify()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))

  app.addHook('onRequest', async (request, reply) => {
    requests.push(`${request.method} ${request.url}`)
    const answered = fault?.(request, reply)
    if (answered !== undefined) return answered
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      return reply.code(401).send('authentication error: invalid token\n')
    }
    if (tenants && request.headers['x-scope-orgid'] === undefined) {
      return reply.code(401).send('no org id\n')
    }
    return undefined
  })

  const path = '/prometheus/config/v1/rules'
  app.get(path, async (_, reply) => {
    if (stored.size === 0 && old) return reply.code(404).send('no rule groups found\n')
    const all = [...stored].map(([name, groups]) => [name, [...groups.values()]] as const)
    return reply.type('application/yaml').send(stringify(Object.fromEntries(all)))
  })
  app.get<{ Params: Place }>(`${path}/:namespace/:group`, async ({ params }, reply) => {
    const group = stored.get(params.namespace)?.get(params.group)
    if (!group) return reply.code(404).send('group does not exist\n')
    return reply.type('application/yaml').send(stringify(group))
  })
  app.post<{ Params: Place; Body: string }>(`${path}/:namespace`, async (request, reply) => {
    const group = groupIn(request.body)
    if (group === undefined) return reply.code(400).send('unable to decoded rule group\n')
    const rules = Array.isArray(group['rules']) ? group['rules'].length : 0
    if (mostRules > 0 && rules > mostRules) {
      const said = `per-user rules per rule group limit (limit: ${mostRules} actual: ${rules}) exceeded\n`
      return reply.code(400).send(said)
    }
    const { namespace } = request.params
    stored.set(
      namespace,
      (stored.get(namespace) ?? new Map<string, Group>()).set(group.name, group),
    )
    return afterWrite?.(request, reply) ?? accepted(reply)
  })
  app.delete<{ Params: Place }>(`${path}/:namespace/:group`, async (request, reply) => {
    const { group, namespace } = request.params
    const groups = stored.get(namespace)
    if (!groups?.delete(group)) return reply.code(404).send('group does not exist\n')
    if (groups.size === 0) stored.delete(namespace)
    return afterWrite?.(request, reply) ?? accepted(reply)
  })

  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, requests, stored, stop: () => app.close() }
}

interface Place {
  readonly namespace: string
  readonly group: string
}

const accepted = (reply: FastifyReply) =>
  reply.code(202).send({ status: 'success', data: null, errorType: '', error: '' })

const groupIn = (body: string): Group | undefined => {
  const value: unknown = parse(body)
  const isGroup = typeof value === 'object' && value !== null && 'name' in value
  if (!isGroup || typeof value.name !== 'string' || value.name === '') return undefined
  const { name, ...rest } = value
  return { name, ...(rewritten(rest) satisfies object) }
}

const durations = new Set(['interval', 'for', 'keep_firing_for'])

/** What is stored comes back as Go writes it: 90s as 1m30s, 14d as 2w. */
const rewritten = (value: object): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => {
      if (durations.has(name) && typeof part === 'string') return [name, goDuration(part)]
      if (name === 'rules' && Array.isArray(part)) return [name, part.map(rewritten)]
      return [name, part]
    }),
  )

const units = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 } as const

// https://github.com/prometheus/common/blob/main/model/time.go: weeks only where they are whole.
const goDuration = (text: string): string => {
  const [, count = '0', unit = 's'] = /^(\d+)([wdhms])$/.exec(text) ?? []
  let rest = Number(count) * (Object.hasOwn(units, unit) ? units[unit as keyof typeof units] : 1)
  if (rest === 0) return '0s'
  let written = ''
  for (const [name, size] of Object.entries(units)) {
    if (name === 'w' && rest % size !== 0) continue
    const whole = Math.floor(rest / size)
    if (whole > 0) written += `${whole}${name}`
    rest -= whole * size
  }
  return written
}
