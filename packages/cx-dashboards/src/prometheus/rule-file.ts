import { type Artifact, lazyArtifact } from '../artifact.ts'
import { yamlText } from '../yaml-text.ts'
import type { RuleFile } from './rules.ts'

/** As Prometheus and Mimir load it. */
export const ruleFileArtifact = (file: RuleFile): Artifact =>
  lazyArtifact(`prometheus/${file.name}.rules.yml`, () => yamlText({ groups: file.groups }))
