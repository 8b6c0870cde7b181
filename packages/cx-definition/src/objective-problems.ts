import { type Breach, breachProblems } from './breach.ts'
import type { Catalog } from './catalog.ts'
import { countProblems } from './count-problems.ts'
import type { Problem } from './definition-error.ts'
import { isForgeable } from './indicator.ts'
import { attributes } from './instrument.ts'
import type { Objective } from './objective.ts'
import { windowProblems } from './objective-window.ts'
import { percentProblems, referenceProblems, unknownProblem, urlProblems } from './problems.ts'
import type { Traffic } from './traffic.ts'

/** What of an objective cannot be kept, or not be measured. */
export const objectiveProblems = (
  path: string,
  objective: Objective,
  defined: Catalog,
): Problem[] => {
  const { breaches, feature, indicator, runbook, target, traffic, window } = objective
  return [
    ...referenceProblems(`${path}.feature`, feature, 'features', defined.features),
    ...percentProblems(`${path}.target`, target, { below100: true }),
    ...windowProblems(`${path}.window`, window),
    ...(traffic === undefined ? [] : trafficProblems(`${path}.traffic`, traffic)),
    ...(runbook === undefined ? [] : urlProblems(`${path}.runbook`, runbook)),
    ...breaches.flatMap((breach, index) => [
      ...breachProblems(`${path}.breaches[${index}]`, breach),
      ...pageProblems(`${path}.breaches[${index}].severity`, breach.severity, indicator),
    ]),
    ...indicatorProblems(`${path}.indicator`, indicator, defined),
  ]
}

const indicatorProblems = (
  path: string,
  indicator: Objective['indicator'],
  { durationBounds, journeys }: Catalog,
): Problem[] => [
  ...countProblems(path, indicator, durationBounds),
  ...[indicator.total]
    .filter(({ instrument }) => instrument.labels === undefined)
    .flatMap(({ where }) => where)
    .filter(({ attribute }) => attribute === attributes.journey)
    .flatMap(({ anyOf = [] }) => anyOf)
    .filter((name) => !journeys.some((journey) => journey.name === name))
    .map((name) => unknownProblem(`${path}.of`, name, 'journeys', journeys)),
]

const trafficProblems = (path: string, { perHour }: Traffic): Problem[] =>
  Number.isFinite(perHour) && perHour > 0
    ? []
    : [
        {
          code: 'CX_ERR_TRAFFIC',
          path,
          message: `${perHour} events an hour is no traffic`,
          remedy: 'Give the average of a usual week, such as perHour(600), or leave it out',
        },
      ]

const pageProblems = (
  path: string,
  severity: Breach['severity'],
  indicator: Objective['indicator'],
): Problem[] =>
  severity === 'page' && isForgeable(indicator)
    ? [
        {
          code: 'CX_ERR_BREACH',
          path,
          message: 'browsers tell this, and anyone can make them say anything: it may not page',
          remedy: 'Make it a ticket',
        },
      ]
    : []
