import { buildInfo, type Objective } from 'cx-definition'
import {
  before,
  countBy,
  type Expression,
  joinedLabels,
  maximumBy,
  series,
  unless,
} from './expression.ts'
import { anyOf, equals, type Matcher, startsWithAnyOf } from './matcher.ts'
import { labels } from './labels.ts'
import { objectiveLabel } from './slo-series.ts'

/** How long a new version is shown as one. */
const fresh = '5m'

/**
 * The versions that came in the last minutes, a series each.
 * @param services of those, or of all where none are named
 */
export const freshVersions = (
  services: readonly string[],
  matchers: readonly Matcher[],
): Expression => {
  const of = services.length === 0 ? [] : [anyOf(labels.service, services)]
  const builds = series(buildInfo.name, [...of, ...matchers])
  const by = [labels.service, ...buildInfo.attributes]
  return unless(countBy(builds, by), countBy(before(builds, fresh), by))
}

/** All of our alerts that fire now; `objective` is the service or the web app of those that belong to no objective. */
export const allFiring = (dimension: string, matchers: readonly Matcher[]): Expression => {
  const abouts = [objectiveLabel, labels.service, labels.app]
  const each = ['alertname', 'severity', ...abouts, labels.owner, dimension]
  return joinedLabels(
    maximumBy(series('ALERTS', [...areFiring, ...matchers]), each),
    abouts,
    objectiveLabel,
  )
}

const areFiring = [startsWithAnyOf('alertname', ['Cx']), equals('alertstate', 'firing')]

/**
 * Our alerts of a severity while they fire, a series each.
 * @param objectives of those, or of all where none are named
 */
export const firing = (
  severity: string,
  objectives: readonly Objective[],
  matchers: readonly Matcher[],
): Expression =>
  series('ALERTS', [
    ...areFiring,
    equals('severity', severity),
    ...(objectives.length === 0
      ? []
      : [
          anyOf(
            objectiveLabel,
            objectives.map(({ name }) => name),
          ),
        ]),
    ...matchers,
  ])
