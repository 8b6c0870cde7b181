import type { OwnedError } from './sink.ts'

const pollMilliseconds = 100
const longestMilliseconds = 2000

/**
 * Lets an event wait until its session is known. Datadog's SDK knows it a quarter to half a second after it was
 * started (measured with 7.16); an event without it leads to no replay.
 */
export const createSessionWait = (
  send: (event: OwnedError) => void,
): { send(event: OwnedError): void; stop(): void } => {
  const waiting = new Map<OwnedError, number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = (all: boolean): void => {
    clearTimeout(timer)
    timer = undefined
    for (const [event, until] of waiting)
      if (all || event.session?.() || Date.now() >= until) {
        waiting.delete(event)
        send(event)
      }
    if (waiting.size > 0) timer = setTimeout(look, pollMilliseconds, false)
  }
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') look(true)
  }
  const leave = (): void => look(true)
  addEventListener('visibilitychange', hidden, true)
  addEventListener('pagehide', leave, true)

  return {
    send(event) {
      waiting.set(event, event.session ? Date.now() + longestMilliseconds : 0)
      look(document.visibilityState === 'hidden')
    },
    stop() {
      waiting.clear()
      clearTimeout(timer)
      removeEventListener('visibilitychange', hidden, true)
      removeEventListener('pagehide', leave, true)
    },
  }
}
