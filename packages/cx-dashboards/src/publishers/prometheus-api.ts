import type { PrometheusAccess } from './prometheus-access.ts'
import { type Answer, dataOf } from './prometheus-answer.ts'
import { PrometheusError } from './prometheus-error.ts'

export type Labels = Readonly<Record<string, string>>

/** `at` in seconds since 1970; `value` may be NaN or infinite. */
export interface Sample {
  readonly at: number
  readonly value: number
}

export interface InstantSeries {
  readonly labels: Labels
  readonly value: number
}

export interface RangeSeries {
  readonly labels: Labels
  readonly samples: readonly Sample[]
}

/** Seconds since 1970, and a step in seconds. Prometheus refuses more than 11,000 points a series. */
export interface Range {
  readonly start: number
  readonly end: number
  readonly step: number
}

/**
 * The part of Prometheus' HTTP API that is read here. Every method rejects with one line that says what was asked,
 * what came back and what to do: also where the answer is late, in part, or no answer of a Prometheus.
 */
export interface Prometheus {
  readonly url: string
  /** An instant vector, at `at` (seconds since 1970) or now. */
  query(expression: string, at?: number): Promise<readonly InstantSeries[]>
  queryRange(expression: string, range: Range): Promise<readonly RangeSeries[]>
  /** The label sets of what matches a selector within a time range. */
  series(selector: string, range: Omit<Range, 'step'>): Promise<readonly Labels[]>
  /** The command line of the server, such as `storage.tsdb.retention.time`; compatible servers may have none. */
  flags(): Promise<Labels>
  /** Such as `2.42.0`. */
  version(): Promise<string>
}

export interface PrometheusOptions {
  readonly request?: typeof fetch
  readonly patienceMilliseconds?: number
}

const defaultPatienceMilliseconds = 30_000

export const connectPrometheus = (
  access: PrometheusAccess,
  options: PrometheusOptions = {},
): Prometheus => {
  const call = async (path: string, parameters: Labels = {}): Promise<unknown> =>
    dataOf(await send(access, options, path, new URLSearchParams(parameters)))
  return {
    url: access.url.href,
    query: async (query, at) =>
      vectorOf(await call('query', at === undefined ? { query } : { query, time: String(at) })),
    queryRange: async (query, { end, start, step }) => {
      const times = { start: String(start), end: String(end), step: String(step) }
      return matrixOf(await call('query_range', { query, ...times }))
    },
    series: async (selector, { end, start }) => {
      const times = { start: String(start), end: String(end) }
      return listOf(await call('series', { 'match[]': selector, ...times })).map(labelsOf)
    },
    flags: async () => labelsOf(await call('status/flags')),
    version: async () => labelsOf(await call('status/buildinfo')).version ?? 'unknown',
  }
}

// Servers and proxies in between refuse long addresses, from 8,000 characters on; Prometheus takes a form as well.
const longestAddress = 6000

const send = async (
  { authorization, url: base }: PrometheusAccess,
  { patienceMilliseconds = defaultPatienceMilliseconds, request = fetch }: PrometheusOptions,
  path: string,
  parameters: URLSearchParams,
): Promise<Answer> => {
  const url = new URL(`api/v1/${path}`, base)
  const asForm = parameters.size > 0 && parameters.toString().length > longestAddress
  if (!asForm) url.search = parameters.toString()
  const where = `${base.href}api/v1/${path}`
  try {
    const response = await request(url, {
      ...(asForm ? { method: 'POST', body: parameters } : { method: 'GET' }),
      headers: {
        accept: 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      // A redirect leads to a login page; following it would hide that, and hand over the token.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMilliseconds),
    })
    return { where, status: response.status, text: await response.text() }
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    throw new PrometheusError(
      `${where}: Prometheus does not answer (${reason(error, patienceMilliseconds)}). Is it up, and is the URL right?`,
      late ? 'less' : 'later',
      { cause: error },
    )
  }
}

const reason = (error: unknown, patienceMilliseconds: number): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing whole within ${patienceMilliseconds / 1000} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

const vectorOf = (data: unknown): InstantSeries[] => {
  const { result, resultType } = recordOf(data)
  if (resultType === 'scalar') return [{ labels: {}, value: sampleOf(result).value }]
  return listOf(result).map((each) => {
    const { metric, value } = recordOf(each)
    return { labels: labelsOf(metric), value: sampleOf(value).value }
  })
}

const matrixOf = (data: unknown): RangeSeries[] =>
  listOf(recordOf(data).result).map((each) => {
    const { metric, values } = recordOf(each)
    return { labels: labelsOf(metric), samples: listOf(values).map(sampleOf) }
  })

const sampleOf = (pair: unknown): Sample => {
  const [at, value] = listOf(pair)
  return { at: Number(at), value: numberOf(String(value)) }
}

const numberOf = (text: string): number =>
  /^[+-]Inf$/.test(text) ? Number(text.replace('Inf', 'Infinity')) : Number(text)

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const labelsOf = (value: unknown): Labels =>
  Object.fromEntries(Object.entries(recordOf(value)).map(([name, each]) => [name, String(each)]))
