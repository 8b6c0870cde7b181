import { BrowserClient, type ErrorEvent, makeFetchTransport, Scope } from '@sentry/browser'
import { scrubError } from './scrub-error.ts'
import { scrubSentryEvent, sentryFrame } from './scrub-sentry-event.ts'
import { framesOf } from './scrub-stack.ts'
import type { SentrySinkOptions } from './sentry.ts'
import type { OwnedError } from './sink.ts'
import { createSessionWait } from './session-wait.ts'

export interface SentryTracker {
  send(event: OwnedError): void
  stop(): void
}

/**
 * Sentry's client by itself: no integration, so that it neither listens to the page nor wraps what is in it,
 * and no breadcrumb, request or person. What it makes of an event is scrubbed once more.
 */
export const startSentry = ({
  dsn,
  environment,
  release,
  statics,
  tunnel,
}: SentrySinkOptions): SentryTracker => {
  const client = new BrowserClient({
    dsn,
    environment,
    release,
    ...(tunnel !== undefined && { tunnel }),
    integrations: [],
    transport: makeFetchTransport,
    stackParser: () => [],
    sendClientReports: false,
    // Or Sentry would take the person's address from the request.
    dataCollection: { userInfo: false },
    beforeSend: (event) => {
      try {
        return (scrubSentryEvent(event, statics) as ErrorEvent | undefined) ?? null
      } catch {
        return null
      }
    },
  })
  client.init()

  const wait = createSessionWait((event) => {
    const { name, message, stack } = scrubError(event.error, statics)
    const { id, replayUrl } = event.session?.() ?? {}
    // A scope of its own, since the page's may hold what another of its clients put there.
    const scope = new Scope()
    client.captureEvent(
      {
        timestamp: event.at / 1000,
        level: 'error',
        exception: {
          values: [
            {
              type: name,
              value: message,
              // Sentry has the innermost frame last.
              stacktrace: { frames: framesOf(stack, statics).map(sentryFrame).toReversed() },
              mechanism: {
                type: 'rum-boundary',
                handled: event.source !== 'error' && event.source !== 'rejection',
              },
            },
          ],
        },
        tags: { ...tagsOf(event), ...(id !== undefined && { 'datadog.session_id': id }) },
        contexts: {
          ...(event.componentStack !== undefined && {
            react: { componentStack: event.componentStack },
          }),
          ...(id !== undefined && {
            datadog: { session_id: id, ...(replayUrl !== undefined && { replay: replayUrl }) },
          }),
        },
      },
      {},
      scope,
    )
  })

  return {
    send: wait.send,
    stop() {
      wait.stop()
      void client.close()
    },
  }
}

const tagsOf = ({ app, boundary, feature, source, suppressed, team, tracker }: OwnedError) => ({
  team,
  feature,
  app,
  source,
  tracker,
  suppressed,
  ...(boundary !== undefined && { boundary }),
})
