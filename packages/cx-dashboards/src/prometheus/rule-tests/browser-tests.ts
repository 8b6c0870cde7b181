import type { Indicator, Owner, Percent, WebApp } from 'cx-definition'
import { hours, leastExpected } from 'cx-definition'
import type { Artifact } from '../../artifact.ts'
import { sessionEvents } from '../../promql/alert-conditions.ts'
import { exampleEvents } from '../../promql/example-events.ts'
import type { Alert } from '../alert.ts'
import { evidenceLanes, nearly } from './evidence-lanes.ts'
import { inputSeries } from './input-series.ts'
import {
  each,
  events,
  fires,
  floodAt,
  idle,
  isQuiet,
  type Lane,
  many,
  oneCustomer,
  type Phase,
  traffic,
} from './lane.ts'
import { eachMinute, keptFor, seesNoMore, spokenPace, stillSees } from './pace.ts'
import { expressionTest, type RuleTest, testFileArtifact } from './test-file.ts'

/** Errors of one owner in one app, and the alert on them. */
export interface BrowserErrors {
  readonly owner: Owner
  readonly app: WebApp
  readonly alert: Alert
}

export const browserTestArtifact = (
  name: string,
  all: readonly BrowserErrors[],
  share: Percent,
): Artifact =>
  testFileArtifact(name, name, spokenPace(eachMinute), () =>
    all.map((of) => testOf(of, share.ratio)),
  )

const length = 100

const testOf = ({ alert, app, owner }: BrowserErrors, line: number): RuleTest => {
  const { all, hits } = sessionEvents(owner, app)
  const indicator: Indicator = { description: '', total: all, good: { ...all, less: hits } }
  const lanes = lanesOf(alert, line)
  return {
    name: alert.title,
    interval: '1m',
    input_series: exampleEvents(indicator, '').flatMap((example) =>
      lanes.flatMap((lane) => inputSeries(lane, example, length)),
    ),
    promql_expr_test: lanes.flatMap(({ checks, name }) =>
      checks.map((check) => expressionTest(check, { environment: name })),
    ),
  }
}

const lanesOf = (alert: Alert, line: number): Lane[] => [
  lane(
    'half as many as are tolerated',
    [traffic(length, line / 2)],
    [isQuiet(30), isQuiet(length)],
  ),
  lane('idle', [idle(length)], [isQuiet(30), isQuiet(length)]),
  ...steadyLanes(alert, line),
  endLane(alert),
  ...evidenceLanes({
    name: '',
    alert,
    line,
    below: 1,
    from: 10,
    counted: 1,
    seenAt: 15,
    before: [],
  }),
  ...hourLanes(alert, line),
]

/**
 * The failures that correct the bound are those of the hour, too: there is evidence though the most of them are long ago, and
 * none though more were before. A former replica counted those.
 */
const hourLanes = (alert: Alert, line: number): Lane[] => {
  const [bad, early, now] = [10, 10, 66]
  const total = leastExpected(bad) / line
  if (total < bad) return []
  const good = (part: number) => total * part - bad
  const fewer = lane(
    'most failures an hour ago',
    [idle(early), events(5, good(1 - nearly), bad - 1), idle(45), events(5, 0, 1)],
    [fires(early + 55, alert)],
  )
  const more = lane(
    'more failures before the hour',
    [idle(now), events(5, good(1 + nearly), bad)],
    [isQuiet(now + 5, alert)],
  )
  const former = each(oneCustomer, [events(3, 0, 2 * bad)], 'former')
  return [fewer, { ...more, flows: [...more.flows, ...former] }]
}

const lane = (name: string, phases: readonly Phase[], checks: Lane['checks']): Lane => ({
  name,
  flows: each(oneCustomer, phases),
  checks,
})

const steadyLanes = (alert: Alert, line: number): Lane[] => {
  const [last, first] = [stillSees(eachMinute, hours(1), 5), seesNoMore(eachMinute, hours(1), 5)]
  const flooded = (part: number, name: string, checks: Lane['checks']): Lane => {
    const steady = lane(name, [idle(last - 30), traffic(first - last + 30, part * line)], checks)
    return { ...steady, flows: [...steady.flows, ...floodAt(0, 5, oneCustomer)] }
  }
  return [
    flooded(Math.min(1.05, 1 / line), 'just above', [isQuiet(last, alert), fires(first, alert)]),
    flooded(0.95, 'just below', [isQuiet(first, alert)]),
  ]
}

/** Over a quarter of an hour after the last, and back with the next while the hour is as bad. */
const endLane = (alert: Alert): Lane => {
  const [end, again] = [15, 65]
  const kept = keptFor(alert)
  return lane(
    'over, and one more',
    [idle(10), events(5, 0, many), idle(again - end - 1), events(1, 0, 1)],
    [
      fires(end + 13 + kept, alert),
      isQuiet(end + 16 + kept, alert),
      isQuiet(again - 1, alert),
      fires(again, alert),
      fires(stillSees(eachMinute, hours(1), end), alert),
      isQuiet(seesNoMore(eachMinute, hours(1), end) + kept + 1, alert),
    ],
  )
}
