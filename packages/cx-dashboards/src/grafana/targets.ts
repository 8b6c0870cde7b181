import {
  type Duration,
  durationProblems,
  type Failures,
  type Percent,
  percentProblems,
  type Problem,
  spokenDuration,
  spokenPercent,
} from 'cx-definition'

/**
 * What panels are coloured and lined by. A target takes any value, has no error budget and raises no alert:
 * that is what the catalog's objectives are for.
 */
export interface Targets {
  readonly availability?: Percent
  readonly latency?: Partial<Record<LatencyStatistic, Duration>>
}

export type LatencyStatistic = keyof typeof latencyStatistics

export const latencyStatistics = {
  average: { title: 'Average latency', legend: 'average', spoken: 'on average' },
  p95: { title: 'p95 latency', legend: 'p95', quantile: 0.95, spoken: 'for 95 % of requests' },
  p99: { title: 'p99 latency', legend: 'p99', quantile: 0.99, spoken: 'for 99 % of requests' },
} as const

export const targetProblems = (
  path: string,
  { availability, latency = {} }: Targets,
): Problem[] => [
  ...(availability ? percentProblems(`${path}.availability`, availability) : []),
  ...Object.entries(latency).flatMap(([statistic, target]) =>
    durationProblems(`${path}.latency.${statistic}`, target),
  ),
]

/** The note a graph gets when nobody wrote one. */
export const describeTargets = (
  { availability, latency = {} }: Targets,
  failures: Failures,
): string => {
  const counted = failures === 'server_errors' ? 'server errors' : 'client and server errors'
  const lines = [
    ...(availability
      ? [`- **${spokenPercent(availability)}** of requests without ${counted}`]
      : []),
    ...Object.entries(latency).map(
      ([statistic, target]) =>
        `- answered within **${spokenDuration(target)}** ${latencyStatistics[statistic as LatencyStatistic].spoken}`,
    ),
  ]
  return lines.length > 0 ? ['Targets', '', ...lines].join('\n') : 'No targets are set.'
}
