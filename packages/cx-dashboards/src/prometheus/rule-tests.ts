import type { Catalog } from 'cx-definition'
import { type Alerting, evaluationInterval, toleratedSessionsHit } from '../alerting.ts'
import type { Artifact } from '../artifact.ts'
import { labels } from '../promql/queries.ts'
import type { Alert } from './alert.ts'
import type { AlertLinks } from './alert-links.ts'
import { browserTestArtifact } from './rule-tests/browser-tests.ts'
import { objectiveTestArtifacts } from './rule-tests/objective-tests.ts'
import { serviceTestArtifact } from './rule-tests/service-tests.ts'
import { allAlerts, fileNames, objectiveFile } from './rules.ts'

/**
 * For `promtool test rules`, beside each rule file: every alert fires when it should, stays quiet when all is well or idle, and
 * ends. Each number in the rules has a test that fails with another.
 */
export const ruleTestArtifacts = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
): Artifact[] => {
  const alerts = allAlerts(catalog, alerting, links)
  const byObjective = Map.groupBy(alerts, ({ objective }) => objective)
  const interval = evaluationInterval(alerting)
  const objectives = catalog.objectives.flatMap((objective) =>
    objectiveTestArtifacts({
      objective,
      interval,
      alerts: byObjective.get(objective) ?? [],
      dimension: catalog.dimension.name,
      name: objectiveFile(objective),
    }),
  )
  return [...objectives, ...otherTests(catalog, alerting, alerts)]
}

const otherTests = (
  { apps, services }: Catalog,
  alerting: Alerting,
  alerts: readonly Alert[],
): Artifact[] => {
  const silence = alerts.filter(({ kind }) => kind === 'silence')
  const errors = alerts.flatMap((alert) => {
    const app = apps.find(({ name }) => name === alert.labels[labels.app])
    return alert.kind === 'browser' && app ? [{ alert, app, owner: alert.owner }] : []
  })
  return [
    ...(silence.length > 0
      ? [serviceTestArtifact(fileNames.silence, services, silence, alerting.environments)]
      : []),
    ...(errors.length > 0
      ? [browserTestArtifact(fileNames.browser, errors, toleratedSessionsHit(alerting))]
      : []),
  ]
}
