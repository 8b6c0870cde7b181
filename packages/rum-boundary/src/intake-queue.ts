import { setImmediate } from 'node:timers/promises'
import type { CountDropped } from './intake-apps.ts'

const mostWaiting = 200
const mostWaitingBytes = 32_000_000
const mostAtOnce = 4

export interface IntakeQueue {
  /** False where too much waits already. */
  add(bytes: number, work: () => Promise<void>): boolean
  /** Resolves when all is done. */
  idle(): Promise<void>
}

/** What browsers sent waits here, not they; what is too much is refused, so that Datadog's pace is never ours. */
export const createIntakeQueue = (drop: CountDropped): IntakeQueue => {
  const waiting: { bytes: number; work: () => Promise<void> }[] = []
  const running = new Set<Promise<void>>()
  let held = 0

  const next = (): void => {
    const job = running.size < mostAtOnce ? waiting.shift() : undefined
    if (!job) return
    // The answer to the browser goes first.
    const done: Promise<void> = setImmediate()
      .then(job.work)
      .catch(() => drop('failure'))
      .finally(() => {
        held -= job.bytes
        running.delete(done)
        next()
      })
    running.add(done)
  }

  return {
    add: (bytes, work) => {
      if (waiting.length >= mostWaiting || held + bytes > mostWaitingBytes) return false
      held += bytes
      waiting.push({ bytes, work })
      next()
      return true
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
