import type { Rum, RumOptions } from './rum.ts'
import type { Sink } from './sink.ts'

/** Datadog RUM behind an intake of ours; its SDK is loaded once the person has consented. */
export const datadogSink = (options: RumOptions): Sink => {
  let rum: Rum | undefined
  return {
    name: 'datadog',
    needsConsent: true,
    async start() {
      // Which brings an SDK of its own.
      const globalBefore: unknown = Reflect.get(globalThis, 'DD_RUM')
      const { startRum } = await import('./rum.ts')
      rum = startRum(options, globalBefore)
      // It said why on the console; nothing has to wait for it.
      if (!rum) throw new Error('Datadog RUM was not started')
    },
    send({ app, at, boundary, componentStack, error, feature, source, suppressed, team, tracker }) {
      rum?.addError(error, {
        team,
        feature,
        app,
        source,
        tracker,
        boundary,
        component_stack: componentStack,
        suppressed,
        at,
      })
    },
    action: (name) => rum?.addAction(name),
    session: () => rum?.session(),
    stop() {
      rum?.stop()
      rum = undefined
    },
  }
}
