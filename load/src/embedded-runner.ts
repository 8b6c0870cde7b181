import { setTimeout as sleep } from 'node:timers/promises'
import { dueRequests } from './arrivals.ts'
import { requestOf, shortened, totalSeconds } from './scenarios.ts'
import { checkedBaseUrl, checkedFactor } from './settings.ts'
import { count, newTally, summarize, type Tally, type TrafficSummary } from './tally.ts'

export interface TrafficOptions {
  /** Must lead to this machine, or to `allowedHost`. */
  readonly baseUrl: string
  readonly allowedHost?: string | undefined
  /** Above 0 and at most 1; shortens the five minutes. */
  readonly factor?: number
  /** Ends the run early; what was answered until then is summed up. */
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
}

const tickMilliseconds = 10
const progressMilliseconds = 5000
const timeoutMilliseconds = 10_000

/**
 * Drives the same scenarios as k6, by Node's fetch. Requests leave when they are due, however slow
 * the answers are, as customers do.
 */
export const runTraffic = async ({
  allowedHost,
  baseUrl,
  factor = 1,
  log = () => {},
  signal = new AbortController().signal,
}: TrafficOptions): Promise<TrafficSummary> => {
  const url = checkedBaseUrl(baseUrl, allowedHost)
  const tallies = shortened(checkedFactor(factor)).map(newTally)
  const endSeconds = Math.max(...tallies.map(({ scenario }) => totalSeconds(scenario)))
  const inFlight = new Set<Promise<void>>()
  const sent = new Map<Tally, number>()
  const startedAt = performance.now()
  let nextProgress = progressMilliseconds

  const sendDue = (elapsedSeconds: number): void => {
    for (const tally of tallies) {
      const due = Math.floor(dueRequests(tally.scenario, elapsedSeconds))
      for (let iteration = sent.get(tally) ?? 0; iteration < due; iteration += 1) {
        const answer = send(url, tally, iteration, signal).finally(() => inFlight.delete(answer))
        inFlight.add(answer)
      }
      sent.set(tally, due)
    }
  }

  while (!signal.aborted) {
    const elapsed = performance.now() - startedAt
    sendDue(elapsed / 1000)
    if (elapsed >= nextProgress) {
      log(progressLine(elapsed, endSeconds, tallies, inFlight.size))
      nextProgress += progressMilliseconds
    }
    if (elapsed >= endSeconds * 1000) break
    await sleep(tickMilliseconds)
  }
  await Promise.all(inFlight)
  const summary = summarize(tallies)
  for (const line of summaryLines(summary)) log(line)
  return summary
}

const send = async (
  baseUrl: string,
  tally: Tally,
  iteration: number,
  signal: AbortSignal,
): Promise<void> => {
  const { path, ...init } = requestOf(tally.scenario, iteration)
  const startedAt = performance.now()
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)])
  const status = await answeredStatus(baseUrl + path, { ...init, signal: either })
  // What was cut off by the end of the run says nothing about the service.
  if (status === noAnswer && signal.aborted) return
  count(tally, status, performance.now() - startedAt)
}

const noAnswer = 0

const answeredStatus = async (url: string, init: RequestInit): Promise<number> => {
  try {
    const response = await fetch(url, init)
    await response.arrayBuffer()
    return response.status
  } catch {
    return noAnswer
  }
}

const progressLine = (
  elapsedMilliseconds: number,
  endSeconds: number,
  tallies: readonly Tally[],
  inFlight: number,
): string => {
  const requests = tallies.reduce((sum, tally) => sum + tally.durationsMilliseconds.length, 0)
  const seconds = Math.round(elapsedMilliseconds / 1000)
  return `${seconds} of ${Math.round(endSeconds)} s: ${requests} answered, ${inFlight} in flight`
}

const summaryLines = ({ crossed, scenarios }: TrafficSummary): string[] => [
  ...scenarios.map(({ byStatus, name, p50Milliseconds, p95Milliseconds, requests }) => {
    const statuses = Object.entries(byStatus).map(
      ([status, times]) => `${status === '0' ? 'no answer' : status}: ${times}`,
    )
    const latency = `p50 ${Math.round(p50Milliseconds)} ms, p95 ${Math.round(p95Milliseconds)} ms`
    return `${name}: ${requests} requests (${statuses.join(', ')}), ${latency}`
  }),
  ...(crossed.length === 0
    ? ['All thresholds hold.']
    : crossed.map((line) => `Threshold crossed: ${line}`)),
]
