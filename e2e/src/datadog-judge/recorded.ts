/** What a metric's series got. */
export interface Recorded {
  readonly metric: string
  /** As Datadog stores them. */
  readonly tags: Readonly<Record<string, string>>
  /** Events of each minute, or a gauge's value; undefined where nothing was sent. */
  readonly perMinute: readonly (number | undefined)[]
  /** How long each of them took, of a distribution. In seconds. */
  readonly took?: number
}

/** What browsers sent of one kind of event. */
export interface RumEvents {
  readonly facets: Readonly<Record<string, string>>
  /** The ids of the sessions that had one in each minute. */
  readonly sessions: readonly (readonly string[])[]
}

export interface DatadogWorld {
  readonly metrics: readonly Recorded[]
  readonly rum: readonly RumEvents[]
}
