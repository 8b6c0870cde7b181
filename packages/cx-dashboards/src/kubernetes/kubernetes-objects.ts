import type { Catalog } from 'cx-definition'
import type { Artifact } from '../artifact.ts'
import type { Kubernetes } from './kubernetes.ts'
import { prometheusRuleArtifact, type RuleGroups } from './prometheus-rule.ts'
import { serviceMonitorArtifact } from './service-monitor.ts'

/** The rules, and what to scrape, for the Prometheus Operator. */
export const kubernetesArtifacts = (
  { services }: Pick<Catalog, 'services'>,
  files: readonly RuleGroups[],
  kubernetes: Kubernetes,
): Artifact[] => [
  ...files.map((file) => prometheusRuleArtifact(file, kubernetes)),
  ...services.map((service) => serviceMonitorArtifact(service, kubernetes)),
]
