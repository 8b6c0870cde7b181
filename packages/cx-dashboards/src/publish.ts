import { buildDashboards, type DashboardSet } from './build.ts'
import type { Grafana } from './publishers/grafana-api.ts'

/**
 * Puts every dashboard into Grafana and reports each.
 * @throws Error naming what was not published; the rest was.
 */
export const publishDashboards = async (
  set: DashboardSet,
  grafana: Grafana,
  report: (line: string) => void,
): Promise<void> => {
  const dashboards = buildDashboards(set)
  report(`Grafana ${await grafana.version()} at ${grafana.url}`)
  await grafana.ensureFolder(set.folder)
  const failed: string[] = []
  for (const { json, uid } of dashboards) {
    try {
      const { url, version } = await grafana.saveDashboard(json, set.folder.uid)
      report(`published ${uid} (version ${version}): ${url}`)
    } catch (error) {
      failed.push(uid)
      report(`not published ${uid}: ${(error as Error).message}`)
    }
  }
  if (failed.length > 0) {
    throw new Error(
      `${failed.length} of ${dashboards.length} dashboards were not published: ${failed.join(', ')}.`,
    )
  }
}
