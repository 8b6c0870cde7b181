import type { Catalog } from 'cx-definition'
import type { Alerting } from '../alerting.ts'
import { type Artifact, lazyArtifact } from '../artifact.ts'
import type { AlertLinks } from '../prometheus/alert-links.ts'
import { ruleFileArtifact } from '../prometheus/rule-file.ts'
import { ruleTestArtifacts } from '../prometheus/rule-tests.ts'
import { completeRuleFiles } from '../prometheus/rules.ts'
import { grafanaRuleGroups } from './grafana-rule-groups.ts'

/** What is published, a file for each group, and its tests. @param folder the uid of the set's */
export const grafanaAlertArtifacts = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
  folder: string,
): Artifact[] => [
  ...grafanaRuleGroups(catalog, alerting, links, folder).map((group) => ({
    path: `grafana-alerting/${group.title}.json`,
    content: `${JSON.stringify(group, undefined, 2)}\n`,
  })),
  ...testedByPromtool(catalog, alerting, links),
]

/** The same conditions as Prometheus' own alerts, in rules that none loads: what fires there fires in Grafana. */
const testedByPromtool = (catalog: Catalog, alerting: Alerting, links: AlertLinks): Artifact[] =>
  [
    ...completeRuleFiles(catalog, alerting, links).map(ruleFileArtifact),
    ...ruleTestArtifacts(catalog, alerting, links),
  ].map((artifact) =>
    lazyArtifact(artifact.path.replace('prometheus/', 'prometheus/tests/'), () => artifact.content),
  )
