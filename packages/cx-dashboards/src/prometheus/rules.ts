import { type Catalog, type Objective, shortDuration } from 'cx-definition'
import { type Alerting, evaluationInterval, toleratedSessionsHit } from '../alerting.ts'
import { recordedCounts } from '../promql/counts.ts'
import { labels } from '../promql/queries.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import type { Alert } from './alert.ts'
import { alertNames } from '../promql/alert-names.ts'
import type { AlertLinks } from './alert-links.ts'
import { browserAlerts } from './browser-alerts.ts'
import { budgetRules, constantRules, step } from './budget-rules.ts'
import { objectiveAlerts } from './objective-alerts.ts'
import { objectiveRules } from './objective-rules.ts'
import { recordingRules } from './recording-rules.ts'
import type { AlertingRule, RuleGroup } from './rule-group.ts'
import { serviceAlert } from './service-alerts.ts'

/** Rules that belong together: those of one objective, of the services, or of the browsers. */
export interface RuleFile {
  /** Without extension; also the beginning of its groups' names. */
  readonly name: string
  /** Made anew whenever they are looked at: those of a thousand services fill the memory. */
  readonly groups: readonly RuleGroup[]
}

/** Every alert of a catalog, in the order of its objectives, services and apps. Rules, tests and runbooks are made from the same. */
export const allAlerts = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
): readonly Alert[] => {
  const before = madeAlerts.get(links)
  if (before?.catalog === catalog && before.alerting === alerting) return before.alerts
  const alerts = makeAlerts(catalog, alerting, links)
  madeAlerts.set(links, { catalog, alerting, alerts })
  return alerts
}

interface MadeAlerts {
  readonly catalog: Catalog
  readonly alerting: Alerting
  readonly alerts: readonly Alert[]
}

const madeAlerts = new WeakMap<AlertLinks, MadeAlerts>()

const makeAlerts = (catalog: Catalog, alerting: Alerting, links: AlertLinks): Alert[] => [
  ...catalog.objectives.flatMap((objective) =>
    objectiveAlerts(objective, catalog.dimension.name, links),
  ),
  ...catalog.services.map((service) => serviceAlert(service, alerting.environments, links)),
  ...browserAlerts(catalog, toleratedSessionsHit(alerting), links),
]

/** What Prometheus, or a ruler, evaluates: without the alerts where Grafana does that. */
export const ruleFiles = (catalog: Catalog, alerting: Alerting, links: AlertLinks): RuleFile[] => {
  const files = completeRuleFiles(catalog, alerting, links)
  return alerting.grafanaManaged ? files.flatMap(recordedAlone) : files
}

const recordedAlone = ({ groups, name }: RuleFile): RuleFile[] => {
  const left = groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => 'record' in rule) }))
    .filter(({ rules }) => rules.length > 0)
  return left.length > 0 ? [{ name, groups: left }] : []
}

/** A file for each objective, so that a change of one shows as one, and one each for services and browsers. */
export const completeRuleFiles = (
  catalog: Catalog,
  alerting: Alerting,
  links: AlertLinks,
): RuleFile[] => {
  const alerts = allAlerts(catalog, alerting, links)
  const byObjective = Map.groupBy(alerts, ({ objective }) => objective)
  const interval = evaluationInterval(alerting)
  const objectives = catalog.objectives.map((objective): RuleFile => {
    const of = objectiveRules(catalog, objective, alerting)
    const name = objectiveFile(objective)
    const own = byObjective.get(objective) ?? []
    return {
      name,
      get groups() {
        return [
          {
            name: objectiveGroups(name)[0],
            interval: shortDuration(interval),
            rules: [...constantRules(of), ...recordingRules(of), ...own.map(alertingRule)],
          },
          { name: objectiveGroups(name)[1], interval: shortDuration(step), rules: budgetRules(of) },
        ]
      },
    }
  })
  const others = (['silence', 'browser'] as const).flatMap((kind): RuleFile[] => {
    const rules = alerts.filter((alert) => alert.kind === kind).map(alertingRule)
    if (rules.length === 0) return []
    const name = fileNames[kind]
    return [{ name, groups: [{ name: `cx-${name}`, interval: shortDuration(interval), rules }] }]
  })
  return [...objectives, ...others]
}

/** What an objective's rule file is called, without extension. */
export const objectiveFile = ({ name }: Pick<Objective, 'name'>): string => `objective-${name}`

/** The fast group and the slow one, which reads what the fast one recorded. */
export const objectiveGroups = (file: string) => [`cx-${file}`, `cx-${file}-budget`] as const

/** And those of all services and all browsers. */
export const fileNames = { silence: 'services', browser: 'browsers' } as const

/** Made once for each alert, though tests ask for it at every turn. */
export const alertingRule = (alert: Alert): AlertingRule => {
  const made = madeRules.get(alert) ?? makeRule(alert)
  madeRules.set(alert, made)
  return made
}

const madeRules = new WeakMap<Alert, AlertingRule>()

const makeRule = (alert: Alert): AlertingRule => {
  const { description, feature, keepFiringFor, kind, links, objective, owner, severity, summary } =
    alert
  return {
    alert: alertNames[kind],
    expr: alert.condition((of) => recordedCounts(of)).text,
    ...(alert.for && { for: alert.for }),
    ...(keepFiringFor && { keep_firing_for: keepFiringFor }),
    labels: {
      severity,
      owner: owner.name,
      ...(feature && { [labels.feature]: feature.name }),
      ...(objective && { [objectiveLabel]: objective.name }),
      ...alert.labels,
    },
    annotations: {
      summary: summary.source,
      description: description.source,
      ...Object.fromEntries(Object.entries(links).map(([name, { source }]) => [name, source])),
    },
  }
}
