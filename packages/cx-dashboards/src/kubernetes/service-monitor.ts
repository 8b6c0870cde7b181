import { createHash } from 'node:crypto'
import { seconds, type Service, shortDuration } from 'cx-definition'
import type { Artifact } from '../artifact.ts'
import { type Kubernetes, nameLabel } from './kubernetes.ts'
import { metadata, objectArtifact } from './object.ts'

// As the sample's Prometheus does it; alerts look at five minutes, which want a few scrapes.
const interval = shortDuration(seconds(15))

/**
 * What the operator scrapes of a service: the port that its Kubernetes Service calls `metrics`.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export const serviceMonitorArtifact = (service: Service, kubernetes: Kubernetes): Artifact => {
  const { selectors = {}, serviceNamespaces } = kubernetes
  const name = dnsName(service.name)
  const matchLabels = Object.hasOwn(selectors, service.name)
    ? selectors[service.name]
    : { [nameLabel]: service.name }
  return objectArtifact(`${name}.servicemonitor`, 'ServiceMonitor', {
    metadata: metadata(kubernetes, name),
    spec: {
      selector: { matchLabels },
      ...(serviceNamespaces && { namespaceSelector: { matchNames: serviceNamespaces } }),
      // The job label is then the service's name and not that of its Kubernetes Service.
      ...(matchLabels && nameLabel in matchLabels && { jobLabel: nameLabel }),
      endpoints: [{ port: 'metrics', path: '/metrics', interval }],
    },
  })
}

/** At most 63 lower-case letters, digits and inner hyphens; a name that had to be changed ends in a digest, so that no two become one. */
const dnsName = (name: string): string => {
  const narrow = `cx-${name}`.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')
  if (narrow === `cx-${name}` && /^.{0,62}[a-z0-9]$/.test(narrow)) return narrow
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${narrow.slice(0, 54).replace(/-+$/, '')}-${digest}`
}
