/** A value as a person reads it: text as it is, `true` as `yes`, the rest as JSON. */
export const shownValue = (value: unknown): string => {
  if (typeof value === 'string') return value === '' ? 'nothing' : value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === undefined || value === null) return 'nothing'
  return stableJson(value)
}

/** Properties in the order of their names. */
export const stableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'nothing'

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
