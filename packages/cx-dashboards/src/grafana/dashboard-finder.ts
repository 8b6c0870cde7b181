import type { Feature, Objective, Service, WebApp } from 'cx-definition'
import type { Dashboard } from './dashboard.ts'
import { dashboardUid } from './dashboard-uid.ts'

/** What somebody wants to look at: the first of these that has a dashboard. */
export interface LookedFor {
  readonly objective?: Objective | undefined
  readonly feature?: Feature | undefined
  readonly service?: Service | undefined
  readonly app?: WebApp | undefined
}

/** Finds the dashboard of an objective, or of its feature, service or app, without looking through all of them for each. */
export const dashboardFinder = (
  dashboards: readonly Dashboard[],
): ((wanted: LookedFor) => Dashboard | undefined) => {
  const byObjective = firstBy(dashboards, ({ objective }) => objective)
  const byFeature = firstBy(dashboards, ({ feature }) => feature)
  const byUid = firstBy(dashboards, ({ uid }) => uid)
  return ({ app, feature, objective, service }) =>
    (objective && byObjective.get(objective)) ??
    (feature && byFeature.get(feature)) ??
    (service && byUid.get(dashboardUid('service', service.name))) ??
    (app &&
      dashboards.find(
        ({ kind, sessionsOf = [] }) => kind !== 'overview' && sessionsOf.includes(app),
      ))
}

const firstBy = <Key>(
  dashboards: readonly Dashboard[],
  keyOf: (dashboard: Dashboard) => Key | undefined,
): ReadonlyMap<Key, Dashboard> => {
  const found = new Map<Key, Dashboard>()
  for (const dashboard of dashboards) {
    const key = keyOf(dashboard)
    if (key !== undefined && !found.has(key)) found.set(key, dashboard)
  }
  return found
}
