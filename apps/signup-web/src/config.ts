/** What the server of the apps says at run time; see `server/config.ts`. */
export interface AppConfig {
  readonly environment: string
  readonly version: string
  /** Whether a step that is opened too early leads to the first that is missing. Off for demonstrations alone. */
  readonly guard: boolean
  /** The tracker whose events raise alerts; the other one's are marked as its shadow. */
  readonly primary?: 'datadog' | 'sentry'
  readonly datadog?: {
    readonly applicationId: string
    readonly clientToken: string
    readonly site: string
  }
  readonly sentry?: { readonly dsn: string }
}

const patienceMilliseconds = 3000

/** Without an answer the apps work, and no vendor is loaded. */
export const loadConfig = async (): Promise<AppConfig> => {
  try {
    const response = await fetch('/config.json', {
      signal: AbortSignal.timeout(patienceMilliseconds),
    })
    if (response.ok) return (await response.json()) as AppConfig
  } catch {
    // As below.
  }
  return { environment: 'unknown', version: 'unknown', guard: true }
}
