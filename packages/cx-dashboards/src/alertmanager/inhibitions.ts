import { anyOf, equals, isOurs, isThere } from './matcher.ts'

/** https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule */
export interface Inhibition {
  readonly source_matchers: readonly string[]
  readonly target_matchers: readonly string[]
  readonly equal: readonly string[]
}

// Alertmanager takes two labels for equal that both are missing, so both sides must have an objective.
const ofAnObjective = [isOurs, isThere('objective')]
const sameObjective = ['objective', 'deployment_environment_name'] as const

/** What keeps silent while something else says it already. It cannot recall what was sent, so tickets wait a while. */
export const inhibitions: readonly Inhibition[] = [
  {
    source_matchers: [...ofAnObjective, equals('severity', 'page')],
    target_matchers: [...ofAnObjective, equals('severity', 'ticket')],
    equal: sameObjective,
  },
  {
    source_matchers: [anyOf('alertname', ['CxErrorBudgetBurn', 'CxBreach']), isThere('objective')],
    target_matchers: [equals('alertname', 'CxCustomerOutage'), isThere('objective')],
    equal: sameObjective,
  },
]
