import { type Hope, PrometheusError } from './prometheus-error.ts'

export interface Answer {
  /** What was asked, without its parameters: those may be long. */
  readonly where: string
  readonly status: number
  readonly text: string
}

/** The `data` of an answer of Prometheus' HTTP API. @throws {PrometheusError} with one line for whatever else came back. */
export const dataOf = ({ status, text, where }: Answer): unknown => {
  const body = parsed(text)
  const problem = problemOf(status, body)
  if (problem !== undefined) throw new PrometheusError(`${where}: ${problem}`, hopeOf(status, body))
  return body?.data
}

// https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
const hopeOf = (status: number, body: Body | undefined): Hope => {
  const refused = String(body?.error ?? '')
  if (status === 504 || /timed out|too many samples|maximum resolution/.test(refused)) return 'less'
  return status === 429 || status >= 500 ? 'later' : 'none'
}

interface Body {
  readonly status?: unknown
  readonly data?: unknown
  readonly error?: unknown
  readonly warnings?: unknown
}

const parsed = (text: string): Body | undefined => {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? json : undefined
  } catch {
    return undefined
  }
}

const problemOf = (status: number, body: Body | undefined): string | undefined => {
  if (status === 401)
    return 'Prometheus does not know the credentials. Set PROMETHEUS_TOKEN, or PROMETHEUS_USER and PROMETHEUS_PASSWORD.'
  if (status === 403) return 'the credentials may not read this Prometheus.'
  if (status >= 300 && status < 400)
    return 'it redirects, perhaps to a login page. Is the URL right, https and sub-path too?'
  if (body?.error !== undefined) return `Prometheus refused: ${oneLine(String(body.error))}`
  if (status === 404) return 'it is not there. Is the URL that of a Prometheus, sub-path too?'
  if (status < 200 || status > 299) return `it answered ${status}. Is Prometheus well?`
  if (body?.status !== 'success' || body.data === undefined || body.data === null)
    return 'it answers with something other than Prometheus’ JSON. Is the URL that of a Prometheus?'
  return partialProblem(body.warnings)
}

// A figure from half the data is worse than none. What PromQL remarks on an expression does not make it half.
const partialProblem = (warnings: unknown): string | undefined => {
  const told = (Array.isArray(warnings) ? warnings : [])
    .map(String)
    .filter((warning) => !warning.startsWith('PromQL info'))
  return told.length === 0
    ? undefined
    : `it answered in part only: ${oneLine(told.join('; '))}. Mend that and try again.`
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
