/// <reference lib="dom" />
import { type BeaconEvent, highestCount, mostEvents } from './beacon-payload.ts'

export interface Queue {
  add(event: BeaconEvent): void
  /** Sends what there is, such as before the page goes away. */
  flush(): void
}

const delayMilliseconds = 5000
const mostRetries = 3

/**
 * Counts equal events and sends them: one request in five seconds, and one when the page is hidden.
 * What cannot be sent is tried again three times, ever later, and then dropped.
 */
export const createQueue = (app: string, endpoint: string): Queue => {
  let pending = new Map<string, number>()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const count = (event: string, times: number): void => {
    const known = pending.get(event)
    if (known === undefined && pending.size >= mostEvents) return
    pending.set(event, Math.min((known ?? 0) + times, highestCount))
    timer ??= setTimeout(flush, delayMilliseconds * 2 ** Math.min(failures, mostRetries))
  }

  const flush = (): void => {
    // A rejection that nobody handles would be counted as an error of the app.
    send().catch(() => {})
  }

  const send = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // A page that is only prepared may never be shown; should it be, its next event or its end sends all.
    if (pending.size === 0 || (document as { prerendering?: boolean }).prerendering) return
    const batch = pending
    pending = new Map()
    const events = Array.from(batch, ([event, times]) => ({ ...JSON.parse(event), count: times }))
    if (await post(endpoint, JSON.stringify({ v: 1, app, events }))) {
      failures = 0
      return
    }
    failures += 1
    if (failures <= mostRetries) for (const [event, times] of batch) count(event, times)
  }

  return { add: (event) => count(JSON.stringify(event), 1), flush }
}

/**
 * Whether there is no use in sending it again.
 * By fetch alone, which outlives the page with `keepalive`: `sendBeacon` cannot leave out cookies and
 * the page's address. Text needs no preflight from another origin.
 */
const post = async (endpoint: string, body: string): Promise<boolean> => {
  try {
    const { status } = await fetch(endpoint, {
      method: 'POST',
      body,
      keepalive: true,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    return status !== 429 && status < 500
  } catch {
    return false
  }
}
