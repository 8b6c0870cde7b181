import {
  availability,
  type CatalogOptions,
  days,
  type Duration,
  feature,
  minutes,
  objective,
  type ObjectiveOptions,
  operation,
  owner,
  percent,
  perHour,
  seconds,
} from 'cx-definition'
import { ask, type JudgedRule, rulesOf, type World } from './judged-rules.ts'

export const platform = owner('platform')
export const read = operation('api', 'GET', '/read')
export const reading = feature('reading', { owner: platform, operations: [read] })

/** 99.9 % of some 600 requests an hour, over 30 days, unless said otherwise. */
export const available = (options: Partial<ObjectiveOptions> = {}, name = 'available') =>
  objective(name, {
    feature: reading,
    indicator: availability({ of: [read] }),
    target: percent(99.9),
    window: days(30),
    traffic: perHour(600),
    ...options,
  })

/** A catalog's rules over some series that are scraped every 30 seconds. */
export const world = (
  series: World['series'],
  options: Partial<CatalogOptions> = {},
  evaluated: Duration = minutes(1),
): World => {
  const sound = { owners: [platform], features: [reading], objectives: [available()] }
  const groups = rulesOf({ ...sound, ...options }, evaluated)
  return { groups, series, scraped: seconds(30), evaluated }
}

export interface Where {
  readonly environment?: string
  readonly customer?: string
  readonly instance?: string
}

/** The name of a series of requests. */
export const requests = (
  outcome: 'success' | 'server_error',
  { customer = 'contoso', environment = 'production', instance = '1' }: Where = {},
): string =>
  `cx_requests_total{service_name="api", http_request_method="GET", http_route="/read", outcome="${outcome}", customer="${customer}", deployment_environment_name="${environment}", instance="${instance}"}`

type Phase = readonly [lasting: number, perMinute: number | undefined]

/** A counter's scrapes, from how many minutes it counts how many events; `undefined` while it is not there. It begins at 0 each time. */
export const counter = (...phases: readonly Phase[]): string => {
  let count = 0
  return phases
    .map(([lasting, perMinute]) => {
      const scrapes = lasting * 2
      const begin = count
      if (perMinute === undefined) {
        count = 0
        return `_x${scrapes}`
      }
      count += lasting * perMinute
      // The value itself, and as many more as are said.
      return `${begin}+${perMinute / 2}x${scrapes - 1}`
    })
    .join(' ')
}

/** Ten requests a minute that succeed, fail for some minutes, and succeed again. */
export const broken = (
  healthy: number,
  failing: number,
  after = 0,
  where: Where = {},
): World['series'] => ({
  [requests('success', where)]: counter([healthy, 10], [failing, 0], ...rest(after, 10)),
  [requests('server_error', where)]: counter([healthy, 0], [failing, 10], ...rest(after, 0)),
})

const rest = (lasting: number, perMinute: number): Phase[] =>
  lasting > 0 ? [[lasting, perMinute]] : []

export const healthy = (lasting: number, where: Where = {}): World['series'] => ({
  [requests('success', where)]: counter([lasting, 10]),
})

/** Alerts that fire, with their labels. */
export const firing = (of: World, at: Duration) =>
  ask(of, [['{__name__="ALERTS", alertstate="firing"}', at]])
    .flat()
    .map(({ labels }) => labels)

/** Each alert that fired up to a moment, with its severity: `CxErrorBudgetBurn page`. */
export const fired = (of: World, until: Duration): string[] => {
  const ever =
    'sum by (alertname, severity) (sum_over_time({__name__="ALERTS", alertstate="firing"}[7d]))'
  return ask(of, [[ever, until]])
    .flat()
    .map(({ labels }) => `${labels['alertname']} ${labels['severity']}`)
    .toSorted()
}

/** What some queries find at a moment: a number each, or nothing. */
export const valuesAt = (of: World, at: Duration, ...queries: readonly string[]) =>
  ask(
    of,
    queries.map((each) => [each, at] as const),
  ).map((found) => found.map(({ value }) => value))

/** The expression that records a series. @throws Error where no rule does */
export const expressionOf = ({ groups }: Pick<World, 'groups'>, record: string): string => {
  const rules: readonly JudgedRule[] = groups.flatMap((group) => group.rules)
  const found = rules.find((rule) => rule.record === record)
  if (!found) throw new Error(`no rule records ${record}`)
  return found.expr
}
