import {
  attributes,
  dimensionAttribute,
  type EventCount,
  failedOutcomes,
  type OperationFilter,
  requestDuration,
  requests,
} from 'cx-definition'
import { countQuery, durationQuery, type MetricScope } from '../metric-query.ts'
import { type Link, table, timeseries, value } from './charts.ts'
import { type Formula, metric, type Query } from './request.ts'
import type { SizedWidget } from './widget.ts'

/** Rate, errors and duration of some operations; `[{}]` is all of them. */
export const apiWidgets = (operations: readonly OperationFilter[], scope: MetricScope) => {
  const all: EventCount = { instrument: requests, operations, where: [] }
  const durations: EventCount = { instrument: requestDuration, operations, where: [] }
  const outcome = (...anyOf: string[]): EventCount => ({
    ...all,
    where: [{ attribute: attributes.outcome, anyOf }],
  })
  const failed = outcome(...failedOutcomes('server_errors'))
  const mistaken = outcome('client_error')

  const counts = (by: readonly string[] = []): readonly Query[] => [
    metric('requests', countQuery(all, scope, by)),
    metric('failed', countQuery(failed, scope, by)),
    metric('mistaken', countQuery(mistaken, scope, by)),
  ]
  const p95 = (by: readonly string[] = []) =>
    metric('p95', durationQuery('p95', durations, scope, by), 'percentile')

  const columnsOf = (by: readonly string[]) => ({
    queries: [...counts(by), p95(by)],
    formulas: [
      { ...failureRate, sorts: true },
      { formula: 'default_zero(failed)', alias: 'Failed' },
      { formula: 'default_zero(mistaken)', alias: 'Client errors' },
      { formula: 'requests', alias: 'Requests' },
      { formula: 'p95', alias: 'p95', unit: 'second' as const },
    ],
  })
  const [ofAll, ofFailed] = counts()
  const both = [ofAll, ofFailed].filter((each) => each !== undefined)
  return {
    availability: (): SizedWidget =>
      value({
        title: 'Availability',
        queries: both,
        formulas: [
          {
            formula: '100 * (1 - default_zero(failed) / requests)',
            alias: 'Availability',
            unit: 'percent',
          },
        ],
      }),
    failures: (): SizedWidget =>
      value({
        title: 'Failed requests',
        queries: both,
        formulas: [{ formula: 'default_zero(failed)', alias: 'Failed', worse: [1, 1] }],
      }),
    requests: (): SizedWidget =>
      value({
        title: 'Requests',
        queries: both,
        formulas: [{ formula: 'requests', alias: 'Requests' }],
      }),
    latency: (): SizedWidget =>
      value({
        title: 'Latency, p95',
        queries: [p95()],
        formulas: [{ formula: 'p95', alias: 'p95', unit: 'second' }],
      }),
    requestsOverTime: (): SizedWidget =>
      timeseries({
        title: 'Requests by outcome',
        bars: true,
        queries: [metric('requests', countQuery(all, scope, [attributes.outcome]))],
        formulas: [{ formula: 'requests', alias: 'Requests' }],
      }),
    failureRateOverTime: (): SizedWidget =>
      timeseries({ title: 'Failure rate', queries: both, formulas: [failureRate] }),
    latencyOverTime: (): SizedWidget =>
      timeseries({
        title: 'Latency',
        queries: (['p50', 'p95', 'p99'] as const).map((quantile) =>
          metric(quantile, durationQuery(quantile, durations, scope), 'percentile'),
        ),
        formulas: ['p50', 'p95', 'p99'].map((formula) => ({
          formula,
          alias: formula,
          unit: 'second',
        })),
      }),
    byOperation: (links: readonly Link[] = []): SizedWidget =>
      table({
        title: 'Operations, the worst first',
        ...columnsOf([attributes.service, attributes.method, attributes.route]),
        links,
      }),
    byCustomer: (links: readonly Link[] = []): SizedWidget =>
      table({
        title: 'Impacted customers, the worst first',
        ...columnsOf([dimensionAttribute]),
        links,
      }),
  }
}

const failureRate: Formula = {
  formula: '100 * default_zero(failed) / requests',
  alias: 'Failure rate',
  unit: 'percent',
  worse: [1, 5],
}
