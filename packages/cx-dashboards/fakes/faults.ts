import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What goes wrong with a request. */
export type Mishap =
  /** An answer in place of the real one, as from a proxy. */
  | {
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The connection ends without an answer. */
  | 'cut'
  /** No answer comes. */
  | 'hang'

export interface Fault {
  /** Such as `POST /api/dashboards/db`: the method and the beginning of the path; any where it is left out. */
  readonly on?: string
  /** Only what is not a GET. */
  readonly writes?: boolean
  /** How often it strikes; always where it is left out. */
  readonly times?: number
  /** How many matching requests pass before. */
  readonly after?: number
  /** Whether the request takes effect before its answer goes wrong. */
  readonly tookEffect?: boolean
  readonly mishap?: Mishap
  /** Something that happens, or begins and ends, just before the request is handled, such as a person saving. */
  readonly meanwhile?: () => unknown
}

export const faultHooks = (app: FastifyInstance, faults: () => readonly Fault[]): void => {
  const seen = new Map<Fault, number>()
  const striking = new WeakMap<FastifyRequest, Fault>()

  app.addHook('onRequest', async (request, reply) => {
    const fault = faults().find((each) => isDue(each, request, seen))
    if (!fault) return
    await fault.meanwhile?.()
    if (fault.mishap === undefined) return
    if (!fault.tookEffect) return strike(fault.mishap, request, reply)
    striking.set(request, fault)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const { mishap } = striking.get(request) ?? {}
    if (mishap === undefined) return payload
    if (typeof mishap === 'string') {
      if (mishap === 'cut') request.raw.socket.destroy()
      return new Promise<string>(() => undefined)
    }
    reply.code(mishap.status).headers({ ...mishap.headers, 'content-type': 'text/html' })
    return textOf(mishap.body)
  })
}

const isDue = (
  fault: Fault,
  { method, url }: FastifyRequest,
  seen: Map<Fault, number>,
): boolean => {
  if (fault.writes && method === 'GET') return false
  if (!`${method} ${url}`.startsWith(fault.on ?? '')) return false
  const count = (seen.get(fault) ?? 0) + 1
  seen.set(fault, count)
  const { after = 0, times = Number.POSITIVE_INFINITY } = fault
  return count > after && count <= after + times
}

const strike = (mishap: Mishap, request: FastifyRequest, reply: FastifyReply): unknown => {
  if (mishap === 'cut') {
    request.raw.socket.destroy()
    return reply.hijack()
  }
  if (mishap === 'hang') return reply.hijack()
  return reply
    .code(mishap.status)
    .headers(mishap.headers ?? {})
    .send(textOf(mishap.body))
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : JSON.stringify(body ?? {})
