import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeSeries {
  readonly metric: Readonly<Record<string, string>>
  readonly value: number
}

export interface FakePrometheusOptions {
  readonly version?: string
  readonly flags?: Readonly<Record<string, string>>
  /** How many samples a range has. */
  readonly windows?: number
  /** What an expression finds, now and at every step of a range. */
  readonly find?: (query: string) => readonly FakeSeries[]
  /** Answers in place of it all, or lets it answer by returning false. */
  readonly fault?: (request: IncomingMessage, response: ServerResponse) => boolean
}

export interface FakePrometheus {
  readonly url: string
  readonly requests: readonly { readonly method: string; readonly query: string | null }[]
  readonly authorizations: readonly (string | undefined)[]
  close(): Promise<void>
}

/** A server that speaks as much of Prometheus' HTTP API as is read here, and can be made to speak it badly. */
export const startFakePrometheus = async (
  options: FakePrometheusOptions = {},
): Promise<FakePrometheus> => {
  const requests: { method: string; query: string | null }[] = []
  const authorizations: (string | undefined)[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '/', 'http://localhost')
    const query = url.searchParams.get('query') ?? new URLSearchParams(body).get('query')
    requests.push({ method: request.method ?? '', query })
    authorizations.push(request.headers.authorization)
    if (options.fault?.(request, response)) return
    response.setHeader('content-type', 'application/json')
    const data = dataOf(url, query ?? '', options)
    response.end(JSON.stringify({ status: 'success', data }))
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    authorizations,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const dataOf = (url: URL, query: string, options: FakePrometheusOptions): unknown => {
  const { find = () => [], flags = {}, version = '2.42.0', windows = 3 } = options
  const now = Date.now() / 1000
  switch (url.pathname) {
    case '/api/v1/status/buildinfo':
      return { version }
    case '/api/v1/status/flags':
      return flags
    case '/api/v1/query':
      return {
        resultType: 'vector',
        result: find(query).map(({ metric, value }) => ({ metric, value: [now, text(value)] })),
      }
    default:
      return {
        resultType: 'matrix',
        result: find(query).map(({ metric, value }) => ({
          metric,
          values: Array.from({ length: windows }, (_, hours) => [now - hours * 3600, text(value)]),
        })),
      }
  }
}

const text = (value: number): string =>
  value === Infinity ? '+Inf' : String(value).replace('Infinity', 'Inf')
