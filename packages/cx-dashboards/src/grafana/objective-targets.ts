import {
  availability,
  type Failures,
  type Indicator,
  latency,
  type Objective,
  type OperationFilter,
  type Percent,
} from 'cx-definition'
import type { GraphOptions } from './graph.ts'
import { latencyStatistics, type Targets } from './targets.ts'

/**
 * What is promised of exactly these requests, as targets of their graph; of several promises the strictest.
 * A promise about some of them, or about more, says nothing of their sum.
 */
export const objectiveTargets = (
  objectives: readonly Objective[],
  operations: readonly OperationFilter[],
): Required<Pick<GraphOptions, 'failures' | 'targets'>> => {
  const wanted = keyOf(operations)
  const about = objectives.filter(({ indicator }) => keyOf(indicator.total.operations) === wanted)
  const [strictest] = about
    .flatMap(promisedAvailability)
    .toSorted((a, b) => b.availability.ratio - a.availability.ratio)
  const times = about
    .flatMap(promisedLatency)
    .toSorted((a, b) => b.within.seconds - a.within.seconds)
  return {
    failures: strictest?.failures ?? 'server_errors',
    targets: {
      ...(strictest && { availability: strictest.availability }),
      ...(times.length > 0 && {
        latency: Object.fromEntries(times.map(({ statistic, within }) => [statistic, within])),
      }),
    },
  }
}

/** Of all requests together: below the loosest promise, one at least is broken, whatever the mixture. */
export const loosestTargets = (objectives: readonly Objective[]): Targets => {
  const [loosest] = objectives
    .flatMap(promisedAvailability)
    .filter(({ failures }) => failures === 'server_errors')
    .toSorted((a, b) => a.availability.ratio - b.availability.ratio)
  return loosest ? { availability: loosest.availability } : {}
}

const keyOf = (operations: readonly OperationFilter[]): string =>
  [...new Set(operations.map((each) => JSON.stringify([each.service, each.method, each.route])))]
    .toSorted()
    .join()

interface PromisedAvailability {
  readonly failures: Failures
  readonly availability: Percent
}

const promisedAvailability = ({ indicator, target }: Objective): PromisedAvailability[] =>
  (['server_errors', 'all_errors'] as const)
    .filter((failures) =>
      isSame(indicator, availability({ of: indicator.total.operations, failures })),
    )
    .map((failures) => ({ failures, availability: target }))

/** 99.9 % within a second means p99 within a second; of 90 %, neither p95 nor p99 can tell. */
const promisedLatency = ({ indicator, target }: Objective) => {
  const { good, total } = indicator
  const { within } = good
  if (!within || !isSame(indicator, latency({ of: total.operations, within }))) return []
  const statistic = (['p99', 'p95'] as const).find(
    (each) => latencyStatistics[each].quantile <= target.ratio,
  )
  return statistic ? [{ statistic, within }] : []
}

/** A metric of somebody else's is not what the graph shows. */
const isSame = (one: Indicator, other: Indicator): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
