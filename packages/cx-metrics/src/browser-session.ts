/// <reference lib="dom" />

/** What a tab remembers of its session, in sessionStorage: no id, and nothing about the person. */
export interface Session {
  /** When something was last recorded, in whole minutes since the epoch. */
  seen: number
  /** Owners that had an error in it. */
  hit: string[]
  /** Steps that were entered and not completed, and when, in seconds since the epoch. */
  open: [step: string, since: number][]
}

const idleMinutes = 30
const mostRemembered = 50

/**
 * Gives the current session to whoever records something, which keeps it alive.
 * Read anew each time: a page that the browser kept and shows again must not bring back what it knew.
 * @param begun called when the last sign of life is 30 minutes old, or there was none
 */
export const createSessionMemory = (
  app: string,
  secondsNow: () => number,
  begun: () => void,
): ((change: (session: Session) => void) => void) => {
  const key = `cx-metrics:${app}`
  let memory: Session | undefined
  let storageWorks = true

  const stored = (): Session | undefined => {
    try {
      return storageWorks ? sessionFrom(sessionStorage.getItem(key)) : undefined
    } catch {
      return undefined
    }
  }

  const store = (session: Session): void => {
    memory = session
    try {
      sessionStorage.setItem(key, JSON.stringify(session))
    } catch {
      storageWorks = false
    }
  }

  return (change) => {
    const minute = Math.floor(secondsNow() / 60)
    let session = stored() ?? memory
    // Either way, since a clock may have been set back.
    if (!session || Math.abs(minute - session.seen) >= idleMinutes) {
      session = { seen: minute, hit: [], open: [] }
      begun()
    }
    session.seen = minute
    change(session)
    store(session)
  }
}

/** Remembers one more, and forgets the oldest where there are more than a catalog would have. */
export const remember = <Item>(items: Item[], item: Item): void => {
  items.push(item)
  if (items.length > mostRemembered) items.shift()
}

/** Anything on the page can write to its storage. */
const sessionFrom = (text: string | null): Session | undefined => {
  const { hit, open, seen } = JSON.parse(text ?? '{}') as Partial<Session>
  return Number.isFinite(seen) &&
    Array.isArray(hit) &&
    Array.isArray(open) &&
    open.every(Array.isArray)
    ? { seen: seen as number, hit, open }
    : undefined
}
