import type { DashboardSet } from './dashboard-set.ts'
import type { Finding } from './check/finding.ts'

/**
 * What `cx-dashboards check` says of the dashboards by the rules of Grafana's dashboard-linter, for a test of yours. Loaded when
 * it is called: a build needs no parser.
 */
export const lintDashboards = async (set: DashboardSet): Promise<readonly Finding[]> => {
  const { lintFindings } = await import('./check/lint-findings.ts')
  return lintFindings(set)
}
