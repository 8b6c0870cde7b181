/** What a generated dashboard is about. There is one of the others, and one for each feature, service and objective. */
export type DashboardKind =
  | 'overview'
  | 'customer'
  | 'feature'
  | 'service'
  | 'objective'
  | 'telemetry'

/** By which Grafana lists those of a kind. */
export const kindTag = (kind: DashboardKind): string => `cx-${kind}`
