import { equalsVariable } from '../promql/matcher.ts'
import { labels, type Scope } from '../promql/queries.ts'

/** Name of the dashboards' variable that every query is bound to, so that environments never mix. */
export const environmentVariable = 'environment'

export const environmentMatcher = equalsVariable(labels.environment, environmentVariable)

/** Everything in the chosen environment. */
export const environmentScope = (dimension: string): Scope => ({
  dimension,
  matchers: [environmentMatcher],
})
