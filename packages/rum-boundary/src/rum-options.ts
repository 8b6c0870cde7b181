/// <reference lib="dom" />
import type { RumBeforeSend, RumInitConfiguration } from '@datadog/browser-rum'
import type { RumOptions } from './rum.ts'
import type { Statics } from './scrub-statics.ts'
import { isDeclaredUrl } from './scrub-url.ts'

const everySession = 100

/** All that the SDK can be told by options; the rest is `beforeSend`'s and the intake's. */
export const sdkOptions = (
  {
    applicationId,
    clientToken,
    env,
    intake,
    preset,
    replaySampleRate = everySession,
    service,
    site,
    version,
    workerUrl,
  }: RumOptions,
  statics: Statics,
  beforeSend: RumBeforeSend,
): RumInitConfiguration => ({
  applicationId,
  clientToken,
  service,
  env,
  version,
  ...(site !== undefined && { site }),
  ...(workerUrl !== undefined && { workerUrl }),
  proxy: `${intake}/${service}`,
  beforeSend,
  trackingConsent: 'granted',
  defaultPrivacyLevel: preset === 'internal' ? 'mask' : 'mask-unless-allowlisted',
  enablePrivacyForActionName: true,
  trackUserInteractions: true,
  trackResources: true,
  trackLongTasks: true,
  sessionSampleRate: everySession,
  sessionReplaySampleRate: replaySampleRate,
  // A cookie that is refused must not cost the session.
  sessionPersistence: ['cookie', 'local-storage', 'memory'],
  // No person, and no id that outlives the session.
  trackAnonymousUser: false,
  storeContextsAcrossPages: false,
  // Nothing about the SDK itself, whose messages quote the page.
  telemetrySampleRate: 0,
  telemetryConfigurationSampleRate: 0,
  telemetryUsageSampleRate: 0,
  profilingSampleRate: 0,
  trackFeatureFlagsForEvents: [],
  // Created after `beforeSend`, and so unseen by it.
  betaEnableViewUpdates: false,
  betaTrackWebSockets: false,
  // Compressing needs a worker, which a policy may forbid; events are few.
  compressIntakeRequests: false,
  // Other trackers' requests, and our own, are no sign that the page is at work.
  excludedActivityUrls: [(url: string) => !isDeclaredUrl(url, statics)],
  allowedTracingUrls: [
    {
      match: (url: string) => isDeclaredUrl(url, statics, 'route'),
      propagatorTypes: ['tracecontext'],
    },
  ],
  propagateTraceBaggage: false,
})
