import { setTimeout as sleep } from 'node:timers/promises'
import { recordOf, textOf } from '../publishers/json-record.ts'

export interface Watched {
  /** The preview's own address: it passes on what it is asked, with the user and password where there are some. */
  readonly previewUrl: string
  readonly prometheusUrl: URL
  /** Between two questions. */
  readonly pauseMs: number
  /** An answer that takes longer is none. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  readonly tell: (line: string) => void
}

/** Says once that Prometheus does not answer, and once that it does again, however many panels ask. Ends with the signal. */
export const tellOutages = async (watched: Watched): Promise<void> => {
  const { pauseMs, signal, tell } = watched
  let isOut = false
  while (!signal.aborted) {
    const problem = await problemOf(watched)
    if (signal.aborted) return
    if (problem !== undefined && !isOut) tell(`panels are empty. ${problem}`)
    if (problem === undefined && isOut) tell('Prometheus answers again.')
    isOut = problem !== undefined
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

const problemOf = async ({ patienceMs, previewUrl, prometheusUrl, signal }: Watched) => {
  const where = `Prometheus at ${prometheusUrl.origin}`
  try {
    const answer = await fetch(new URL('/api/prometheus/api/v1/query?query=1', previewUrl), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    const text = await answer.text()
    const { error, status } = read(text)
    if (status === 'success') return undefined
    return (
      textOf(error) ??
      `${where} answered ${answer.status}, not as a Prometheus does. Choose another, or give its user and password: --prometheus https://USER:PASSWORD@HOST`
    )
  } catch {
    return `${where} does not answer within ${patienceMs / 1000} seconds. Is it well? Choose another: --prometheus URL`
  }
}

/** A page to log in is no JSON. */
const read = (text: string) => {
  try {
    return recordOf(JSON.parse(text))
  } catch {
    return {}
  }
}
