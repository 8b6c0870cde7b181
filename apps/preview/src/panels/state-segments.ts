/** For how long a value stood; times in milliseconds since 1970. */
export interface StateSegment {
  readonly from: number
  readonly to: number
  readonly value: unknown
  /** Which of the field's values it began with. */
  readonly row: number
}

interface StateSegmentsInput {
  readonly times: readonly number[]
  readonly values: readonly unknown[]
  /** Where the last value ends at the latest. */
  readonly end: number
  /** Distance between two points; a wider one is a gap. Undefined where values stand until the next. */
  readonly stepMs: number | undefined
  readonly mergeValues: boolean
}

/** A value stands until the next one; nothing stands over a gap or a missing value. */
export function stateSegments({
  times,
  values,
  end,
  stepMs,
  mergeValues,
}: StateSegmentsInput): StateSegment[] {
  const segments: { -readonly [Key in keyof StateSegment]: StateSegment[Key] }[] = []
  for (const [row, from] of times.entries()) {
    const value = values[row]
    if (value === null || value === undefined || Number.isNaN(value)) continue
    const next = times[row + 1] ?? end
    const to = Math.min(next, stepMs === undefined ? next : from + stepMs, end)
    const last = segments.at(-1)
    if (mergeValues && last && last.value === value && last.to === from) last.to = to
    else segments.push({ from, to, value, row })
  }
  return segments
}
