import type { OwnedError, Sink } from './sink.ts'

/** A sink, and what waits for it. */
export interface Outlet {
  readonly sink: Sink
  send(event: OwnedError): void
  act(name: string): void
  open(): void
  /** Forgets what waits and takes nothing more. */
  close(): void
}

const mostHeld = 100

/** Keeps to itself whatever the sink does: that it throws, rejects, or never answers. */
export const createOutlet = (sink: Sink): Outlet => {
  let held: (() => unknown)[] = []
  let state: 'waiting' | 'starting' | 'open' | 'closed' = 'waiting'
  let wanted = true

  const give = (work: () => unknown): void => {
    if (state === 'open') void quietly(work)
    else if (state !== 'closed' && wanted && held.length < mostHeld) held.push(work)
  }
  const end = (): void => {
    state = 'closed'
    held = []
    void quietly(() => sink.stop?.())
  }
  const started = (): void => {
    if (!wanted) return end()
    state = 'open'
    held.splice(0).forEach(give)
  }

  return {
    sink,
    send: (event) => give(() => sink.send(event)),
    act(name) {
      if (sink.action) give(() => sink.action?.(name))
    },
    open() {
      wanted = true
      if (state === 'starting' || state === 'open') return
      state = 'starting'
      if (sink.start) void quietly(() => sink.start?.(), started, end)
      else started()
    },
    close() {
      wanted = false
      held = []
      if (state === 'open') end()
      else if (state === 'waiting') state = 'closed'
    },
  }
}

const nothing = (): void => {}

const quietly = async (work: () => unknown, done = nothing, failed = nothing): Promise<void> => {
  try {
    await work()
  } catch {
    // The others get theirs.
    failed()
    return
  }
  done()
}
