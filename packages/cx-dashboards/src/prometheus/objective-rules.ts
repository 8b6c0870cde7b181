import type { Catalog, Duration, Exclusion, Objective } from 'cx-definition'
import { type Alerting, evaluationInterval, onCallOf, runbookOf } from '../alerting.ts'
import { exclusionsOf } from '../promql/excluded-time.ts'
import { helpLabels } from '../promql/slo-series.ts'

/** What a rule of an objective is made from. */
export interface ObjectiveRules {
  readonly objective: Objective
  readonly dimension: string
  readonly exclusions: readonly Exclusion[]
  /** How often the rules are evaluated. */
  readonly interval: Duration
  /** Addresses that dashboards lead to, by the label that carries them. */
  readonly help: Readonly<Record<string, string>>
}

export const objectiveRules = (
  { dimension, exclusions }: Pick<Catalog, 'dimension' | 'exclusions'>,
  objective: Objective,
  alerting: Alerting,
): ObjectiveRules => ({
  objective,
  dimension: dimension.name,
  exclusions: exclusionsOf(objective, exclusions),
  interval: evaluationInterval(alerting),
  help: helpOf(objective, alerting),
})

const helpOf = (objective: Objective, alerting: Alerting): Readonly<Record<string, string>> => {
  const runbook = runbookOf(objective, alerting)
  const onCall = onCallOf(objective.feature.owner, alerting)
  const [onCallLabel, runbookLabel] = helpLabels
  return {
    ...(onCall !== undefined && { [onCallLabel]: onCall }),
    ...(runbook !== undefined && { [runbookLabel]: runbook }),
  }
}
