import { type Duration, type Objective } from 'cx-definition'
import type { Artifact } from '../../artifact.ts'
import { type ExampleEvents, exampleEvents } from '../../promql/example-events.ts'
import type { Alert } from '../alert.ts'
import { objectiveGroups } from '../rules.ts'
import { breachLanes } from './breach-lanes.ts'
import { burnLanes } from './burn-lanes.ts'
import { customerLanes } from './customer-lanes.ts'
import { inputSeries } from './input-series.ts'
import { type Lane, lengthOf } from './lane.ts'
import { eachMinute, eachQuarter, spokenPace } from './pace.ts'
import { spentLanes } from './spent-lanes.ts'
import { dayLane, keptLane, neverWellLane, quietLanes, threeDays } from './story-lanes.ts'
import { expressionTest, type RuleTest, testFileArtifact } from './test-file.ts'

/** What the rules of an objective are tested with. */
export interface TestedObjective {
  readonly objective: Objective
  readonly alerts: readonly Alert[]
  readonly dimension: string
  readonly interval: Duration
  /** Of the rule file, without its extension. */
  readonly name: string
}

/** What happens within hours and what takes days: one file each, since promtool evaluates a file at one pace. */
export const objectiveTestArtifacts = (of: TestedObjective): Artifact[] => {
  const { alerts, dimension, interval, name, objective } = of
  const examples = exampleEvents(objective.indicator, dimension)
  if (examples.length === 0 || alerts.length === 0) return []
  return [
    testFileArtifact(
      name,
      name,
      spokenPace(eachMinute),
      () => [
        ...testsOf(of, hourLanes(of), examples),
        // Longer than the rest, so that fewer lanes are evaluated for so long.
        ...testsOf(of, spentLanes(objective, alerts, interval), examples),
      ],
      objectiveGroups(name),
    ),
    testFileArtifact(
      `${name}-days`,
      name,
      spokenPace(eachQuarter),
      () => testsOf(of, dayLanes(of), examples),
      objectiveGroups(name),
    ),
  ]
}

const hourLanes = ({ alerts, interval, objective }: TestedObjective): Lane[] => {
  const breaches = alerts.filter(({ kind }) => kind === 'breach')
  const customer = alerts.find(({ kind }) => kind === 'customer')
  return [
    keptLane(alerts),
    neverWellLane(alerts),
    ...quietLanes(objective, 120),
    ...burnLanes(objective, alerts, eachMinute, interval),
    ...(customer ? customerLanes(objective, customer) : []),
    ...objective.breaches.flatMap((breach, index) => {
      const alert = breaches[index]
      return alert ? breachLanes(breach, alert, interval) : []
    }),
  ]
}

const dayLanes = ({ alerts, interval, objective }: TestedObjective): Lane[] => [
  dayLane(objective, alerts),
  ...quietLanes(objective, threeDays),
  ...burnLanes(objective, alerts, eachQuarter, interval),
]

/** One test, in which each lane has an environment to itself; or one each, where an indicator knows a single environment. */
const testsOf = (
  { dimension, objective }: TestedObjective,
  lanes: readonly Lane[],
  examples: readonly ExampleEvents[],
): RuleTest[] => {
  if (lanes.length === 0) return []
  const only = onlyEnvironment(examples)
  const one = (named: readonly Lane[], indices: readonly number[], name: string): RuleTest => {
    const minutes = lastMinute(named)
    return {
      name,
      interval: '1m',
      input_series: named.flatMap((lane, at) => {
        const example = examples[(indices[at] ?? 0) % examples.length]
        return example ? inputSeries(lane, example, minutes) : []
      }),
      promql_expr_test: named.flatMap((lane) =>
        lane.checks.map((check) =>
          expressionTest(check, { environment: only ?? lane.name, dimension }),
        ),
      ),
    }
  }
  return only === undefined
    ? [one(lanes, [...lanes.keys()], objective.title)]
    : lanes.map((lane, index) => one([lane], [index], lane.name))
}

const lastMinute = (lanes: readonly Lane[]): number =>
  Math.max(
    ...lanes.flatMap(({ checks, flows }) => [
      ...checks.map(({ minute }) => minute),
      ...flows.map(lengthOf),
    ]),
  )

const onlyEnvironment = (examples: readonly ExampleEvents[]): string | undefined => {
  const [found] = examples
    .flatMap(({ bad, good }) => [...good, ...bad])
    .map(({ environment }) => environment)
    .filter((environment) => typeof environment === 'object')
  return found?.always
}
