import { rateInterval } from './expand-variables.ts'
import { judgedPanels, type TargetRule } from './rule.ts'

const targetPromql: TargetRule = {
  name: 'target-promql-rule',
  check: ({ expr, selectors }, { type }) =>
    !hasQueries(type) || selectors
      ? []
      : [
          {
            message: expr === '' ? 'its query is empty' : `its query does not parse: ${expr}`,
            remedy: 'Write PromQL, with the variables as ${name}',
          },
        ],
}

const hasQueries = (type: string): boolean => judgedPanels.has(type) || type === 'state-timeline'

const targetRateInterval: TargetRule = {
  name: 'target-rate-interval-rule',
  check: ({ selectors = [] }, { type }) =>
    !hasQueries(type)
      ? []
      : selectors
          .filter(({ calledBy, range }) => isRate(calledBy) && range !== rateInterval)
          .map((selector) => ({
            message: `${selector.calledBy}(${selector.metric}) is over a window of its own`,
            remedy: 'Use $__rate_interval',
            selector,
          })),
}

const isRate = (name: string | undefined): boolean => name === 'rate' || name === 'irate'

const targetMatcher = (label: 'job' | 'instance'): TargetRule => ({
  name: `target-${label}-rule`,
  check: ({ selectors = [] }) =>
    selectors
      .filter(({ matchers }) => !matchers.includes(`${label}=~"$${label}"`))
      .map(({ metric }) => ({
        message: `${metric} is not selected by ${label}`,
        remedy: `Add ${label}=~"$${label}"`,
      })),
})

const targetCounterAgg: TargetRule = {
  name: 'target-counter-agg-rule',
  check: ({ selectors = [] }) =>
    selectors
      .filter(({ calledBy, metric }) => metric.endsWith('_total') && !isGrowth(calledBy))
      .map(({ metric }) => ({
        message: `the counter ${metric} is shown as it stands, which starts anew with each process`,
        remedy: 'Show its rate() or its increase()',
      })),
}

const isGrowth = (name: string | undefined): boolean => isRate(name) || name === 'increase'

/** https://github.com/grafana/dashboard-linter/tree/main/docs/rules; those of LogQL have nothing to judge here. */
export const targetRules: readonly TargetRule[] = [
  targetPromql,
  targetRateInterval,
  targetMatcher('job'),
  targetMatcher('instance'),
  targetCounterAgg,
]
