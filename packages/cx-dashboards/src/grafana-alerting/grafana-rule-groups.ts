import type { Catalog } from 'cx-definition'
import { type Alerting, evaluationInterval } from '../alerting.ts'
import type { Alert } from '../prometheus/alert.ts'
import type { AlertLinks } from '../prometheus/alert-links.ts'
import { allAlerts, fileNames, objectiveFile } from '../prometheus/rules.ts'
import { type GrafanaRule, grafanaRule } from './grafana-rule.ts'

/** Evaluated at one pace; the body that Grafana's provisioning API takes. */
export interface GrafanaRuleGroup {
  readonly title: string
  readonly folderUid: string
  /** In seconds. */
  readonly interval: number
  readonly rules: readonly GrafanaRule[]
}

/** By which our groups are known in our folder. */
export const groupPrefix = 'cx-'

/** A group for each file of rules. @param folder the uid of the set's */
export const grafanaRuleGroups = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
  folder: string,
): readonly GrafanaRuleGroup[] => {
  const { grafanaManaged } = alerting
  if (!grafanaManaged) return []
  const intervalSeconds = grafanaInterval(alerting)
  const groups = Map.groupBy(allAlerts(catalog, alerting, links), fileOf)
  return [...groups].map(([name, alerts]) => ({
    title: `${groupPrefix}${name}`,
    folderUid: folder,
    interval: intervalSeconds,
    rules: alerts.map((alert) =>
      grafanaRule(alert, { ...grafanaManaged, set: folder, intervalSeconds }),
    ),
  }))
}

const fileOf = ({ kind, objective }: Alert): string =>
  objective ? objectiveFile(objective) : kind === 'browser' ? fileNames.browser : fileNames.silence

/** Grafana evaluates at multiples of ten seconds alone. */
const grafanaInterval = (alerting: Alerting): number =>
  Math.ceil(evaluationInterval(alerting).seconds / 10) * 10
