import type { Sink } from './sink.ts'

/** For development: the error as it was thrown, and whose it is. */
export const consoleSink = (): Sink => ({
  name: 'console',
  needsConsent: false,
  send({
    app,
    boundary,
    componentStack,
    error,
    feature,
    session,
    source,
    suppressed,
    team,
    tracker,
  }) {
    const { id, replayUrl } = session?.() ?? {}
    console.error(`[${team}/${feature}]`, error, {
      app,
      source,
      tracker,
      suppressed,
      ...(boundary !== undefined && { boundary }),
      ...(componentStack !== undefined && { componentStack }),
      ...(id !== undefined && { session: id }),
      ...(replayUrl !== undefined && { replayUrl }),
    })
  },
})
