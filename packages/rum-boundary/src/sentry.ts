import type { Statics } from './scrub-statics.ts'
import type { SentryTracker } from './sentry-tracker.ts'
import type { Sink } from './sink.ts'

/** Of `sentrySink`. */
export interface SentrySinkOptions {
  readonly dsn: string
  readonly environment: string
  readonly release: string
  readonly statics: Statics
  /** Where on the app's own origin events go, to be passed on to Sentry. */
  readonly tunnel?: string
}

/** Sentry beside the new tracker, or in its place: errors alone, each made anew from what is declared static. */
export const sentrySink = (options: SentrySinkOptions): Sink => {
  let tracker: SentryTracker | undefined
  return {
    name: 'sentry',
    needsConsent: true,
    async start() {
      const { startSentry } = await import('./sentry-tracker.ts')
      tracker = startSentry(options)
    },
    send: (event) => tracker?.send(event),
    stop() {
      tracker?.stop()
      tracker = undefined
    },
  }
}
