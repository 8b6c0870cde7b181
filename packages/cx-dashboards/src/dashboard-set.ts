import { type Catalog, type Owner, type Problem, throwIfAny } from 'cx-definition'
import { type Alerting, alertingProblems } from './alerting.ts'
import type { Artifact } from './artifact.ts'
import { type Datadog, datadogProblems, tagProblems } from './datadog/datadog.ts'
import type { Dashboard } from './grafana/dashboard.ts'
import { dashboardProblems } from './grafana/dashboard-problems.ts'
import { exclusionProblems, type LintExclusion } from './lint/exclusions.ts'

/** What a `cx-dashboards.config.ts` exports by default. */
export interface DashboardSet {
  readonly catalog: Catalog
  /** Where the dashboards go in Grafana. */
  readonly folder: { readonly uid: string; readonly title: string }
  /**
   * `byOwner`: each owner's dashboards go into a folder of their own in it; beside it where folders cannot be in folders. With
   * `teamOf`, such as `({ title }) => title`, the Grafana team of that name may edit its owner's folder too.
   */
  readonly folders?: 'byOwner' | { readonly teamOf: (owner: Owner) => string | undefined }
  readonly dashboards: readonly Dashboard[]
  readonly datadog?: Datadog | undefined
  /** Rules, alerts and routes; without it, only dashboards are made. */
  readonly alerting?: Alerting
  /** Rules of Grafana's dashboard-linter that some of the dashboards break on purpose. */
  readonly lint?: readonly LintExclusion[]
  /** Whatever else is to be generated from the same definitions; `cx-dashboards build` writes it with the rest. */
  readonly artifacts?: (set: DashboardSet) => readonly Artifact[]
}

/** @throws {DefinitionError} with every problem of every dashboard. */
export const defineDashboards = (set: DashboardSet): DashboardSet => {
  const places = new Map(set.dashboards.map(({ uid }, index) => [uid, index] as const).toReversed())
  const problems = set.dashboards.flatMap((dashboard, index) => [
    ...duplicateUid(dashboard, index, places),
    ...dashboardProblems(`dashboards[${index}]`, dashboard, places, set.catalog),
    ...ruleProblems(`dashboards[${index}]`, dashboard, set),
  ])
  problems.push(...folderProblems(set.folder.uid))
  if (set.datadog) problems.push(...datadogProblems('datadog', set.datadog, set.catalog))
  if (set.datadog?.monitors) problems.push(...tagProblems('folder.uid', set.folder.uid))
  if (set.alerting) problems.push(...alertingProblems('alerting', set.alerting, set.catalog))
  if (set.lint) problems.push(...exclusionProblems('lint', set.lint))
  throwIfAny(distinct(problems))
  return set
}

const folderProblems = (uid: string): Problem[] =>
  /^[\w-]{1,40}$/.test(uid)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path: 'folder.uid',
          message: `${JSON.stringify(uid)} is no uid`,
          remedy: 'Use 1 to 40 letters, digits, hyphens and underscores',
        },
      ]

const ruleProblems = (path: string, { rows }: Dashboard, { alerting }: DashboardSet): Problem[] =>
  alerting || !rows.some(({ panels }) => panels.some(({ fromRules }) => fromRules))
    ? []
    : [
        {
          code: 'CX_ERR_NO_RULES',
          path,
          message: 'a panel reads what recording rules keep, and there are none',
          remedy:
            'Add alerting to the set of dashboards, or give objectives: false where the panels are made',
        },
      ]

/** A graph stands on several dashboards, and a function may make it several times: its problems are told once. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

/** @param places of the first dashboard of each uid */
const duplicateUid = (
  { uid }: Dashboard,
  index: number,
  places: ReadonlyMap<string, number>,
): Problem[] => {
  const first = places.get(uid)
  if (first === index) return []
  const message = `${JSON.stringify(uid)} is already the uid of dashboards[${first}]`
  return [
    {
      code: 'CX_ERR_DUPLICATE_NAME',
      path: `dashboards[${index}].uid`,
      message,
      remedy: 'Rename one of the two',
    },
  ]
}
