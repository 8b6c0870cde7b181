export interface Moment {
  /** Seconds since 1970. */
  readonly at: number
  /** Where it has none it is taken for UTC. */
  readonly hasZone: boolean
}

const pattern =
  /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?<zone>Z|[+-]\d\d:\d\d)?)?$/

/** ISO 8601, such as `2026-11-01` or `2026-11-01T10:00Z`; undefined where it is none. */
export const momentIn = (text: string): Moment | undefined => {
  const { day = '', time = '00:00', zone } = pattern.exec(text)?.groups ?? {}
  const local = Date.parse(`${day}T${time}Z`)
  const at = Date.parse(`${day}T${time}${zone ?? 'Z'}`)
  // The 30th of February would be taken for the 2nd of March.
  return Number.isNaN(at) || new Date(local).toISOString().slice(0, 10) !== day
    ? undefined
    : { at: at / 1000, hasZone: zone !== undefined }
}
