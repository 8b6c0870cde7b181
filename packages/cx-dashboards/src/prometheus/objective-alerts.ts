import {
  type Breach,
  type Objective,
  quietBeforeOver,
  type Severity,
  shortDuration,
  spokenDuration,
  spokenPercent,
  spokenWindow,
} from 'cx-definition'
import {
  breachCondition,
  burnCondition,
  customerOutageCondition,
  knowsCustomers,
  outage,
} from '../promql/alert-conditions.ts'
import { recordedCounts } from '../promql/counts.ts'
import { errorRatio } from '../promql/error-ratio.ts'
import { minus, number } from '../promql/expression.ts'
import { labels } from '../promql/queries.ts'
import type { Alert } from './alert.ts'
import {
  affected,
  budgetLeft,
  capitalized,
  failingSince,
  lastDeployment,
  ownerLine,
} from './alert-facts.ts'
import { type AlertLinks, linksOf, sessionsAt } from './alert-links.ts'
import { equalsLabel, label, queried, type Template, template, whereAsked } from './template.ts'

/** What its burn rates, single customers and simple rules tell of an objective. */
export const objectiveAlerts = (
  objective: Objective,
  dimension: string,
  links: AlertLinks,
): Alert[] => [
  ...burnAlerts(objective, links),
  ...(knowsCustomers(objective) ? [customerAlert(objective, dimension, links)] : []),
  ...objective.breaches.map((breach) => breachAlert(objective, breach, links)),
]

const burnAlerts = (objective: Objective, links: AlertLinks): Alert[] =>
  (['page', 'ticket'] as const).flatMap((severity) => {
    const fires = burnCondition(objective, severity, recordedCounts(objective))
    if (fires === undefined) return []
    return [
      {
        ...common(objective, 'burn', severity, links),
        condition: (count) => burnCondition(objective, severity, count(objective)) ?? fires,
        keepFiringFor: shortDuration(quietBeforeOver(objective)),
        labels: {},
        summary: template`${objective.title}: ${speed[severity]} in ${label(labels.environment)}`,
        description: template`${whereAsked(template`${affected(objective)} ${failingSince(objective, severity)} `)}${promise(objective)} ${whereAsked(template`${budgetLeft(objective)} ${lastDeployment(objective)}`)}${ownerLine(objective)}`,
      },
    ]
  })

const speed: Readonly<Record<Severity, string>> = {
  page: 'the error budget is burning fast',
  ticket: 'the error budget is burning',
}

const common = (
  objective: Objective,
  kind: Alert['kind'],
  severity: Severity,
  links: AlertLinks,
) => {
  const page = `${objective.name}-${kind}`
  return {
    kind,
    severity,
    owner: objective.feature.owner,
    feature: objective.feature,
    objective,
    page,
    title: objective.title,
    links: {
      ...linksOf(links, {
        objective,
        feature: objective.feature,
        page,
        runbook: objective.runbook,
      }),
      ...sessionsAt(links, links.appsOf(objective.feature), objective.feature.owner),
    },
  }
}

const promise = ({ target, window }: Objective): Template =>
  template`Promised: ${spokenPercent(target)} over ${spokenWindow(window)}.`

const customerAlert = (objective: Objective, dimension: string, links: AlertLinks): Alert => {
  const of = recordedCounts(objective, [equalsLabel(labels.environment)])
  const one = equalsLabel(dimension)
  const share = (window: typeof outage.long) =>
    queried(
      minus(number(1), errorRatio(of.customerBad(window, one), of.customerTotal(window, one))),
      'percentage',
    )
  const base = common(objective, 'customer', 'ticket', links)
  return {
    ...base,
    condition: (count) => customerOutageCondition(objective, count(objective), dimension),
    keepFiringFor: '15m',
    labels: {},
    summary: template`${objective.title}: not for ${label(dimension)} in ${label(labels.environment)}`,
    description: template`One ${dimension} is hit: ${label(dimension)}. ${whereAsked(template`${capitalized(objective.indicator.description)}: ${share(outage.short)} in the last five minutes, ${share(outage.long)} in the last hour (${queried(of.customerBad(outage.long, one), 'count')} of ${queried(of.customerTotal(outage.long, one), 'count')} were not). `)}${promise(objective)} ${whereAsked(lastDeployment(objective))}${ownerLine(objective)}`,
    links: {
      ...base.links,
      ...linksOf(links, {
        objective,
        feature: objective.feature,
        page: base.page,
        runbook: objective.runbook,
        dimension,
      }),
    },
  }
}

const breachAlert = (objective: Objective, breach: Breach, links: AlertLinks): Alert => ({
  ...common(objective, 'breach', breach.severity, links),
  condition: (count) => breachCondition(breach, count(objective)),
  keepFiringFor: shortDuration(quietBeforeOver(objective)),
  labels: {
    breach: `below ${spokenPercent(breach.below)} for ${spokenDuration(breach.lasting)}`,
  },
  summary: template`${objective.title}: below ${spokenPercent(breach.below)} for ${spokenDuration(breach.lasting)} in ${label(labels.environment)}`,
  description: template`${whereAsked(template`${affected(objective)} `)}${promise(objective)} ${whereAsked(template`${budgetLeft(objective)} ${lastDeployment(objective)}`)}${ownerLine(objective)}`,
})
