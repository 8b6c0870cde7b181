import type { Artifact } from '../artifact.ts'
import { yamlText } from '../yaml-text.ts'
import type { Kubernetes } from './kubernetes.ts'

/** Everything about an object of the operator's that is not its content. */
export const metadata = ({ labels, namespace }: Kubernetes, name: string) => ({
  name,
  ...(namespace !== undefined && { namespace }),
  labels: {
    'app.kubernetes.io/managed-by': 'cx-dashboards',
    'app.kubernetes.io/part-of': 'customer-experience',
    ...labels,
  },
})

export const objectArtifact = (file: string, kind: string, object: object): Artifact => {
  const whole = { apiVersion: 'monitoring.coreos.com/v1', kind, ...object }
  return { path: `kubernetes/${file}.yaml`, content: yamlText(whole) }
}
