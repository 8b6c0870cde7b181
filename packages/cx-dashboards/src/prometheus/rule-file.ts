import type { Artifact } from '../artifact.ts'
import { yamlText } from '../yaml-text.ts'
import type { RuleFile } from './rules.ts'

/** As Prometheus and Mimir load it. */
export const ruleFileArtifact = ({ groups, name }: RuleFile): Artifact => ({
  path: `prometheus/${name}.rules.yml`,
  content: yamlText({ groups }),
})
