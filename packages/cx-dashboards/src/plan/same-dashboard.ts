/**
 * Whether two dashboards are the same but for what a server adds: its own numbers, the release of the schema that it moved one to,
 * and fields with nothing in them.
 */
export const isSameDashboard = (a: unknown, b: unknown): boolean =>
  JSON.stringify(canonicalRoot(a)) === JSON.stringify(canonicalRoot(b))

const addedByServers = new Set(['gnetId', 'id', 'iteration', 'schemaVersion', 'uid', 'version'])

const canonicalRoot = (dashboard: unknown): unknown =>
  isRecord(dashboard)
    ? canonical(
        Object.fromEntries(Object.entries(dashboard).filter(([name]) => !addedByServers.has(name))),
      )
    : dashboard

/** With fields in the order of their names, and without those that say nothing. */
export const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, canonical(part)] as const)
      .filter(([, part]) => !saysNothing(part))
      .toSorted(([x], [y]) => (x < y ? -1 : 1)),
  )
}

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
