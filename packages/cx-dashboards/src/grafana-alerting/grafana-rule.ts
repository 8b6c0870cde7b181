import { fingerprint } from '../grafana/fingerprint.ts'
import type { Alert } from '../prometheus/alert.ts'
import { alertNames } from '../promql/alert-names.ts'
import { alertingRule } from '../prometheus/rules.ts'
import { recordedCounts } from '../promql/counts.ts'
import { number, times } from '../promql/expression.ts'

/** https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/http-api-provisioning/ */
export interface GrafanaRule {
  readonly uid: string
  readonly title: string
  /** The refId of the step that decides. */
  readonly condition: string
  readonly data: readonly GrafanaQuery[]
  readonly noDataState: 'OK'
  readonly execErrState: 'KeepLast'
  readonly for: string
  readonly keep_firing_for: string
  readonly missingSeriesEvalsToResolve: number
  readonly labels: Readonly<Record<string, string>>
  /** Go templates, in which nothing can be queried. */
  readonly annotations: Readonly<Record<string, string>>
}

export interface GrafanaQuery {
  readonly refId: string
  readonly datasourceUid: string
  /** Seconds before now. */
  readonly relativeTimeRange: { readonly from: number; readonly to: number }
  readonly model: Readonly<Record<string, unknown>>
}

export interface GrafanaRuleContext {
  readonly datasourceUid: string
  /** The uid of the set's folder: sets of one catalog do not share rules. */
  readonly set: string
  /** Between two evaluations. */
  readonly intervalSeconds: number
}

export const grafanaRule = (alert: Alert, context: GrafanaRuleContext): GrafanaRule => {
  const rule = alertingRule(alert)
  const subject = subjectOf(alert)
  return {
    uid: `cx-${fingerprint(JSON.stringify([context.set, alert.kind, subject])).slice(0, 32)}`,
    title: titleOf(alert, subject),
    condition: 'B',
    data: [asked(conditionOf(alert), context.datasourceUid), anythingFound],
    // A condition finds nothing while all is well.
    noDataState: 'OK',
    // A Prometheus that does not answer neither pages every team nor ends what is going on.
    execErrState: 'KeepLast',
    for: alert.for ?? '0s',
    keep_firing_for: alert.keepFiringFor ?? '0s',
    missingSeriesEvalsToResolve: evaluationsKept(alert, context),
    labels: rule.labels,
    annotations: annotationsOf(alert),
  }
}

/** By names that stay, since a rule of another uid is another rule, whose firing begins anew. */
const subjectOf = ({ labels, objective, owner, severity, title }: Alert): readonly string[] =>
  objective
    ? [objective.name, severity, ...Object.values(labels)]
    : [title, owner.name, severity, ...Object.values(labels)]

/** Grafana's limit. */
const longestTitle = 190

/** Unlike in Prometheus, it tells rules of a folder apart. */
const titleOf = ({ kind }: Alert, subject: readonly string[]): string => {
  const title = `${alertNames[kind]}: ${subject.join(', ')}`
  return title.length <= longestTitle
    ? title
    : `${[...title].slice(0, longestTitle - 10).join('')}… ${fingerprint(title).slice(0, 8)}`
}

/**
 * Prometheus leaves the metric's name out of an alert's labels, Grafana does not: an alert would end and begin anew where another of
 * its burn rates takes over. What is calculated has no name.
 */
const conditionOf = ({ condition }: Alert): string =>
  times(
    condition((of) => recordedCounts(of)),
    number(1),
  ).text

const asked = (expr: string, datasourceUid: string): GrafanaQuery => ({
  refId: 'A',
  datasourceUid,
  relativeTimeRange: { from: 600, to: 0 },
  model: { refId: 'A', expr, instant: true, range: false },
})

/** Prometheus fires for whatever a condition finds. All of ours find what is above a line, and no line is below 0. */
const anythingFound: GrafanaQuery = {
  refId: 'B',
  datasourceUid: '__expr__',
  relativeTimeRange: { from: 0, to: 0 },
  model: {
    refId: 'B',
    type: 'threshold',
    expression: 'A',
    conditions: [{ evaluator: { type: 'gt', params: [0] } }],
    datasource: { type: '__expr__', uid: '__expr__' },
  },
}

/**
 * A series that is gone while others are there ends its alert after so many evaluations, whatever it was to be kept for.
 * Grafana's default is 2.
 */
const evaluationsKept = (
  { keepFiringFor }: Alert,
  { intervalSeconds }: GrafanaRuleContext,
): number => Math.max(2, Math.ceil(secondsIn(keepFiringFor ?? '0s') / intervalSeconds))

/** Of what `shortDuration` writes. */
const secondsIn = (short: string): number =>
  Number.parseInt(short, 10) * (unitSeconds[short.replace(/^\d+/, '')] ?? 1)

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

const annotationsOf = ({
  description,
  links,
  summary,
}: Alert): Readonly<Record<string, string>> => ({
  summary: summary.unasked,
  description: description.unasked,
  ...Object.fromEntries(Object.entries(links).map(([name, { unasked }]) => [name, unasked])),
})
