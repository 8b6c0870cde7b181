import { type Objective, seconds, type Severity } from 'cx-definition'
import { evaluationInterval } from '../alerting.ts'
import { alertLinks } from '../build.ts'
import type { DashboardSet } from '../dashboard-set.ts'
import { alertNames } from '../promql/alert-names.ts'
import { allAlerts } from '../prometheus/rules.ts'
import { replayedCounts } from '../promql/replayed-counts.ts'
import type { Holds } from './firings.ts'

/** What tells an alert from others, in a catalog and in a changed one. */
export interface AlertIdentity {
  readonly name: string
  readonly severity: Severity
  readonly owner: string
  /** Such as `Documents are available`. */
  readonly title: string
  /** The name of its objective. */
  readonly objective?: string
  /** Beside those that every alert has, such as the line of a breach. */
  readonly labels: Readonly<Record<string, string>>
}

export interface ReplayedAlert {
  readonly identity: AlertIdentity
  readonly objective?: Objective
  /** PromQL over the raw series. */
  readonly condition: string
  readonly holds: Holds
}

export interface BacktestCatalog {
  /** The config file, as it was named. */
  readonly file: string
  readonly set: DashboardSet
}

/** Sums of more steps would cost more than they tell. */
const mostOften = seconds(30)

/** @throws {Error} where the set has no alerts */
export const replayedAlerts = ({ file, set }: BacktestCatalog): readonly ReplayedAlert[] => {
  const { alerting, catalog } = set
  if (!alerting) {
    throw new Error(
      `${file} has no alerts to replay. Give defineDashboards({ alerting: { … } }) the environments that page.`,
    )
  }
  const evaluated = seconds(Math.max(mostOften.seconds, evaluationInterval(alerting).seconds))
  return allAlerts(catalog, alerting, alertLinks(set, alerting)).map((alert): ReplayedAlert => {
    const { kind, labels, objective, owner, severity, title } = alert
    return {
      identity: {
        name: alertNames[kind],
        severity,
        owner: owner.name,
        title,
        ...(objective && { objective: objective.name }),
        labels,
      },
      ...(objective && { objective }),
      condition: alert.condition((of) => replayedCounts(of, catalog, evaluated)).text,
      holds: { before: secondsOf(alert.for), after: secondsOf(alert.keepFiringFor) },
    }
  })
}

/** Of a duration as rules have it, such as `15m`. */
const secondsOf = (written = '0s'): number => {
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(written) ?? []
  const size = unitSeconds[unit]
  if (size === undefined) throw new Error(`${written} is no duration of a rule`)
  return Number(count) * size
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

export interface AlertPair {
  readonly today?: ReplayedAlert
  readonly changed?: ReplayedAlert
}

/**
 * Each alert of today's with its counterpart. One whose labels changed, such as the line of a breach, is still the
 * counterpart where no other alert of its objective is.
 */
export const pairsOf = (
  today: readonly ReplayedAlert[],
  changed: readonly ReplayedAlert[],
): readonly AlertPair[] => {
  const left = [...changed]
  const take = (isIt: (candidate: ReplayedAlert) => boolean): ReplayedAlert | undefined => {
    const index = left.findIndex(isIt)
    return index < 0 ? undefined : left.splice(index, 1)[0]
  }
  const alike = today.map((one) => take((other) => fullKey(one) === fullKey(other)))
  const pairs = today.map((one, index): AlertPair => {
    const other = alike[index] ?? take((candidate) => key(one) === key(candidate))
    return other ? { today: one, changed: other } : { today: one }
  })
  return [...pairs, ...left.map((other) => ({ changed: other }))]
}

const key = ({ identity: { name, objective, severity, title } }: ReplayedAlert): string =>
  JSON.stringify([name, severity, objective ?? title])

const fullKey = (alert: ReplayedAlert): string =>
  JSON.stringify([key(alert), alert.identity.labels])
