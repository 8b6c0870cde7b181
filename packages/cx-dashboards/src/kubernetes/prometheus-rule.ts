import type { Artifact } from '../artifact.ts'
import type { Kubernetes } from './kubernetes.ts'
import { metadata, objectArtifact } from './object.ts'

/** Groups of rules, as Prometheus has them. */
export interface RuleGroups {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string
  readonly groups: readonly object[]
}

// The operator puts rules into a ConfigMap, and refuses a file that fills more than half of one.
const most = 512 * 1024

/**
 * The same rules, for the operator: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 * @throws Error where the operator would refuse it for its size
 */
export const prometheusRuleArtifact = (
  { groups, name }: RuleGroups,
  kubernetes: Kubernetes,
): Artifact => {
  const artifact = objectArtifact(`${name}.prometheusrule`, 'PrometheusRule', {
    metadata: metadata(kubernetes, `cx-${name}`),
    spec: { groups },
  })
  const size = Buffer.byteLength(artifact.content)
  if (size <= most) return artifact
  throw new Error(
    `${artifact.path} would have ${size} bytes, and the Prometheus Operator takes ${most}. Give fewer services, environments or apps to one catalog.`,
  )
}
