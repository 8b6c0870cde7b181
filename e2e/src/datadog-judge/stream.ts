import type { Recorded, RumEvents } from './recorded.ts'
import type { Stream } from './twins.ts'

/** For so many minutes, so many events an hour, of which a share fails (is slow, hits a session). */
export type Phase = readonly [lasting: number, perHour: number, failing?: number]

interface Flow {
  readonly all: readonly number[]
  readonly bad: readonly number[]
}

/** Whole events, evenly spread. @param offset from 0 to 1, so that two flows do not keep step */
const flowOf = (phases: readonly Phase[], offset: number): Flow => {
  let events = offset
  let failures = offset
  const minutes = phases.flatMap(([lasting, perHour, failing = 0]) =>
    Array.from({ length: lasting }, () => {
      events += perHour / 60
      const all = Math.floor(events + 1e-9)
      events -= all
      failures += all * failing
      const bad = Math.min(all, Math.floor(failures + 1e-9))
      failures -= bad
      return { all, bad }
    }),
  )
  return { all: minutes.map(({ all }) => all), bad: minutes.map(({ bad }) => bad) }
}

const minus = (all: readonly number[], bad: readonly number[]): readonly number[] =>
  all.map((count, minute) => count - (bad[minute] ?? 0))

/** A counter's scrapes, every half minute. */
const counter = (perMinute: readonly (number | undefined)[]): string => {
  let count = 0
  return perMinute
    .map((events = 0) => {
      const half = count + Math.floor(events / 2)
      const scrapes = `${count} ${half}`
      count += events
      return scrapes
    })
    .join(' ')
}

const tags = {
  env: 'production',
  service: 'api',
  'http.request.method': 'get',
  'http.route': '/read',
}
const labels =
  'service_name="api", http_request_method="GET", http_route="/read", deployment_environment_name="production"'

/** Requests of two customers with equal shares, unless each has its own. */
export const requests = (phases: readonly Phase[], second: readonly Phase[] = phases): Stream => {
  const half = ([lasting, perHour, failing = 0]: Phase): Phase => [lasting, perHour / 2, failing]
  const flows = [
    ['contoso', flowOf(phases.map(half), 0)],
    ['fabrikam', flowOf(second.map(half), 0.5)],
  ] as const
  const each = flows.flatMap(([customer, { all, bad }]) =>
    [['success', minus(all, bad)] as const, ['server_error', bad] as const].map(
      ([outcome, perMinute]) => ({ customer, outcome, perMinute }),
    ),
  )
  return {
    ...lastingOf(phases),
    metrics: each.map(({ customer, outcome, perMinute }): Recorded => ({
      metric: 'cx_requests_total',
      tags: { ...tags, customer, outcome },
      perMinute,
    })),
    series: Object.fromEntries(
      each.map(({ customer, outcome, perMinute }) => [
        `cx_requests_total{${labels}, customer="${customer}", outcome="${outcome}"}`,
        counter(perMinute),
      ]),
    ),
  }
}

/** Requests that all succeed, some of them in 500 ms instead of 100. */
export const durations = (phases: readonly Phase[]): Stream => {
  const { all, bad } = flowOf(phases, 0)
  const name = (suffix: string, le = '') =>
    `cx_request_duration_seconds_${suffix}{${labels}, customer="contoso", outcome="success"${le}}`
  const of = (perMinute: readonly number[], took: number): Recorded => ({
    metric: 'cx_request_duration_seconds',
    tags: { ...tags, customer: 'contoso', outcome: 'success' },
    perMinute,
    took,
  })
  return {
    ...lastingOf(phases),
    metrics: [of(minus(all, bad), 0.1), of(bad, 0.5)],
    series: {
      [name('bucket', ', le="0.2"')]: counter(minus(all, bad)),
      [name('bucket', ', le="+Inf"')]: counter(all),
      [name('count')]: counter(all),
    },
  }
}

/** Sessions of a web app, of which some are hit by an error of its owner. */
export const sessions = (phases: readonly Phase[]): Stream => {
  const { all, bad } = flowOf(phases, 0)
  const facets = { service: 'shop', env: 'production' }
  const ids = (counts: readonly number[]) =>
    counts.map((count, minute) => Array.from({ length: count }, (_, n) => `${minute} ${n}`))
  const rum: readonly RumEvents[] = [
    { facets: { ...facets, '@type': 'view' }, sessions: ids(all) },
    { facets: { ...facets, '@type': 'error', '@context.team': 'platform' }, sessions: ids(bad) },
  ]
  const of = 'app="shop", deployment_environment_name="production"'
  return {
    ...lastingOf(phases),
    rum,
    series: {
      [`cx_sessions_total{${of}}`]: counter(all),
      [`cx_error_sessions_total{${of}, owner="platform", feature="none", source="boundary"}`]:
        counter(bad),
    },
  }
}

/** A service that is heard, then not, then again. */
export const heartbeat = (heard: number, silent: number, again: number): Stream => {
  const perMinute = [
    ...Array.from({ length: heard }, () => 1),
    ...Array.from({ length: silent }, () => undefined),
    ...Array.from({ length: again }, () => 1),
  ]
  return {
    ...lastingOf([[perMinute.length, 0]]),
    metrics: [{ metric: 'cx_build_info', tags: { env: 'production', service: 'api' }, perMinute }],
    series: {
      'cx_build_info{service_name="api", deployment_environment_name="production", version="1"}': `1x${heard * 2 - 1} _x${silent * 2} 1x${again * 2 - 1}`,
    },
  }
}

const lastingOf = (phases: readonly Phase[]) => ({
  lasting: phases.reduce((sum, [lasting]) => sum + lasting, 0),
  metrics: [],
  rum: [],
})
