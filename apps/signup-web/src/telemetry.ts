import type { BrowserMetrics } from 'cx-metrics/browser'
import type { WebApp } from 'cx-definition'
import { type ErrorReporting, type Sink, startErrorReporting } from 'rum-boundary'
import type { Preset, Statics } from 'rum-boundary/privacy'
import type { AppConfig } from './config.ts'
import { readConsent } from './consent.ts'

export interface TelemetryOptions {
  readonly app: WebApp
  readonly preset: Preset
  readonly statics: Statics
  readonly metrics: BrowserMetrics
  readonly config: AppConfig
}

/** Whoever shows the bar tells what was chosen. */
export interface Telemetry {
  readonly reporting: ErrorReporting
  /** Whether anything waits for the person's choice. */
  readonly asksForConsent: boolean
}

/** Our own counts need no consent, since they are names of the catalog and numbers; the trackers do. */
export const startTelemetry = async (given: TelemetryOptions): Promise<Telemetry> => {
  const options = { ...given, statics: { ...given.statics, origins: [location.origin] } }
  const { app, config, metrics } = options
  const sinks = (await Promise.all([datadog(options), sentry(options), develop(options)])).flat()
  const known = readConsent()
  const reporting = startErrorReporting({
    app,
    sinks,
    counter: metrics,
    consent: known === 'granted' ? 'granted' : 'pending',
    ...(config.primary && { primary: config.primary }),
  })
  if (known === 'denied') reporting.consent('denied')
  const asksForConsent = known === undefined && sinks.some(({ needsConsent }) => needsConsent)
  return { reporting, asksForConsent }
}

const datadog = async ({ app, config, preset, statics }: TelemetryOptions): Promise<Sink[]> => {
  if (!config.datadog) return []
  const { datadogSink } = await import('rum-boundary/datadog')
  const { environment: env, version } = config
  return [
    datadogSink({
      ...config.datadog,
      service: app.name,
      env,
      version,
      preset,
      statics,
      intake: '/cx/rum',
    }),
  ]
}

const sentry = async ({ config, statics }: TelemetryOptions): Promise<Sink[]> => {
  if (!config.sentry) return []
  const { sentrySink } = await import('rum-boundary/sentry')
  const { environment, version: release } = config
  return [sentrySink({ ...config.sentry, environment, release, statics })]
}

/** Errors on the console, and a warning of what a tracker would have to withhold. */
const develop = async ({ statics }: TelemetryOptions): Promise<Sink[]> => {
  if (!import.meta.env.DEV) return []
  const { watchLeaks } = await import('rum-boundary/check')
  watchLeaks(statics)
  const { consoleSink } = await import('rum-boundary/console')
  return [consoleSink()]
}
