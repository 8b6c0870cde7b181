import {
  attributes,
  buildInfo,
  dimensionAttribute,
  type Duration,
  errors,
  errorSessions,
  hours,
  minutes,
  type Objective,
  type WebApp,
} from 'cx-definition'
import { eventsIn, labels, type Scope } from './queries.ts'
import {
  above,
  atLeastZero,
  clock,
  type Expression,
  firstSince,
  lastSince,
  maximumBy,
  minimumBy,
  minus,
  most,
  number,
  orZero,
  over,
  scalar,
  series,
} from './expression.ts'
import { anyOf, equals, type Matcher, startsWithAnyOf } from './matcher.ts'
import { labelName } from './labels.ts'
import { recorded, seriesOf } from './slo-series.ts'
import { sessionsOf, webEvents } from './web-queries.ts'

// What a person asks first when an alert came, to be pasted as it is.

/** How many lines an answer has at most. */
const lines = 10

export const whereMatcher = (environments: readonly string[]): Matcher =>
  anyOf(labels.environment, environments)

/** The share of bad events in the last minutes. */
export const errorRatioNow = (objective: Objective, where: Matcher): Expression =>
  seriesOf(objective, recorded.errorRatio(minutes(5)), [where])

export const budgetLeftNow = (objective: Objective, where: Matcher): Expression =>
  seriesOf(objective, recorded.budgetRemaining, [where])

/** Customers with the most bad events of the last hour. */
export const customersHitMost = (objective: Objective, where: Matcher): Expression =>
  most(lines, above(seriesOf(objective, recorded.customerBad(hours(1)), [where]), number(0.5)))

/** Bad events of the last hour by all that is known of them. */
export const badByKind = ({ indicator: { good, total } }: Objective, scope: Scope): Expression => {
  const known = total.instrument.attributes.filter((each) => each !== dimensionAttribute)
  const by = [
    labels.environment,
    labels.service,
    ...known.map((attribute) => labelName(attribute, scope.dimension)),
  ].filter((label, index, all) => all.indexOf(label) === index)
  const all = eventsIn(total, scope, '1h', by)
  const bad = atLeastZero(minus(all, orZero(eventsIn(good, scope, '1h', by), all)))
  return most(lines, above(bad, number(0.5)))
}

/** How many hours ago each version was first seen, in the last week. */
export const deployments = (services: readonly string[], where: Matcher): Expression => {
  const builds = series(buildInfo.name, [anyOf(labels.service, services), where])
  const by = [labels.service, labels.environment, 'version', 'commit']
  return ago(minimumBy(firstSince(builds, '7d'), by), hours(1))
}

/** How many minutes ago each service was last heard, in the last day. */
export const lastHeard = (services: readonly string[], where: Matcher): Expression => {
  const builds = series(buildInfo.name, [anyOf(labels.service, services), where])
  return ago(
    maximumBy(lastSince(builds, '1d'), [labels.service, labels.environment, 'version']),
    minutes(1),
  )
}

const ago = (moment: Expression, unit: Duration): Expression =>
  over(minus(clock, moment), number(unit.seconds))

/** Our alerts that fire now. */
export const firingAlerts = (where: Matcher): Expression =>
  series('ALERTS', [startsWithAnyOf('alertname', ['Cx']), equals('alertstate', 'firing'), where])

/** Errors of web apps in the last hour, by whose they are and how they became known. */
export const errorsBySource = (apps: readonly WebApp[], where: Matcher): Expression =>
  most(
    lines,
    eventsIn(webEvents(errors, apps), { dimension: '', matchers: [where] }, '1h', [
      attributes.app,
      attributes.owner,
      attributes.feature,
      attributes.source,
    ]),
  )

/** The share of an app's sessions of the last hour that each owner's errors hit. */
export const sessionsHitByOwner = (app: WebApp, where: Matcher): Expression => {
  const scope = { dimension: '', matchers: [where] }
  const hit = eventsIn(webEvents(errorSessions, [app]), scope, '1h', [attributes.owner])
  const all = eventsIn(sessionsOf([app]), scope, '1h', [])
  return most(lines, over(hit, scalar(all)))
}
