import type { Artifact } from '../artifact.ts'
import { yamlText } from '../yaml-text.ts'
import { type LintExclusion, ourExclusions } from './exclusions.ts'
import type { LintPlace } from './rule.ts'

/**
 * What Grafana's dashboard-linter reads beside the dashboards it judges.
 * https://github.com/grafana/dashboard-linter/blob/main/docs/index.md#exclusions-and-warnings
 */
export const lintFile = (exclusions: readonly LintExclusion[]): Artifact => ({
  path: 'grafana/.lint',
  content: yamlText({ exclusions: byRule([...ourExclusions, ...exclusions]) }),
})

/** The linter takes one entry a rule; one that holds everywhere leaves the others nothing to say. */
const byRule = (exclusions: readonly LintExclusion[]) => {
  const rules = Map.groupBy(exclusions, ({ rule }) => rule)
  return Object.fromEntries([...rules].map(([rule, all]) => [rule, ruleEntries(all)]))
}

const ruleEntries = (all: readonly LintExclusion[]) => {
  const everywhere = all.find(({ places }) => !places)
  if (everywhere) return { reason: everywhere.reason }
  return {
    reason: [...new Set(all.map(({ reason }) => reason))].join(' '),
    entries: all.flatMap(({ places = [], reason }) =>
      places.map((place) => ({ reason, ...linterPlace(place) })),
    ),
  }
}

const linterPlace = ({ dashboard, panel, target }: LintPlace) => ({
  dashboard,
  ...(panel === undefined ? {} : { panel }),
  ...(target === undefined ? {} : { targetIdx: String(target) }),
})
