import { buildDashboards } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { isExcluded } from '../lint/exclusions.ts'
import { lintDashboard } from '../lint/lint-dashboard.ts'
import type { LintPlace } from '../lint/rule.ts'
import type { Finding } from './finding.ts'

/** What Grafana's dashboard-linter would say of the dashboards, less what is excluded with a reason. */
export const lintFindings = (set: DashboardSet): Finding[] => {
  const found = buildDashboards(set).flatMap(({ json, uid }) =>
    lintDashboard(json)
      .filter((result) => !isExcluded(result, set.lint ?? []))
      .map(({ message, place, remedy, rule }) => ({
        // A query that cannot be asked shows nothing; the rest shows less than it could.
        severity: rule === 'target-promql-rule' ? ('error' as const) : ('warning' as const),
        path: pathOf(uid, place),
        message: `${message} (${rule})`,
        remedy,
      })),
  )
  return distinct(found)
}

const pathOf = (uid: string, { panel, target }: LintPlace): string =>
  [
    `dashboards ${JSON.stringify(uid)}`,
    ...(panel === undefined ? [] : [`panel ${JSON.stringify(panel)}`]),
    ...(target === undefined ? [] : [`query ${target + 1}`]),
  ].join(', ')

/** Two selectors of one query are told of once. */
const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((each) => [JSON.stringify(each), each])).values(),
]
