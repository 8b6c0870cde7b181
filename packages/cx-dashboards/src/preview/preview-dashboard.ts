import { type Dashboard, dashboardTags } from '../grafana/dashboard.ts'

/** What the preview lists of a dashboard before anybody looks at it; that takes no building. */
export interface PreviewDashboard {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
}

export const previewDashboard = (dashboard: Dashboard): PreviewDashboard => {
  const { description, title, uid } = dashboard
  return { uid, title, description, tags: dashboardTags(dashboard) }
}
