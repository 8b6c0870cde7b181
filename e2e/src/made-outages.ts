import type { MadeSeries } from './made-history.ts'

export const everySeconds = 30
export const hour = 3600
export const minute = 60
export const hours = 17
/** The day before yesterday, at midnight, in seconds since 1970: all of it is past. */
export const start = Math.floor(Date.now() / 86_400_000 - 2) * 86_400

/** Seconds after the start. */
export const slowBurn = { from: 0.5 * hour, to: 4 * hour }
export const outage = { from: 8 * hour, to: 8 * hour + 40 * minute }
export const oneCustomers = { from: 15 * hour, to: 16 * hour }
/** Maintenance, declared in the catalog. */
export const excluded = { from: 5 * hour, to: 5 * hour + 30 * minute }
export const silence = { from: 11 * hour, to: 11 * hour + 30 * minute }

export const within = (at: number, { from, to }: { from: number; to: number }) =>
  at > from && at <= to
/** One request in 66 fails, of two customers in turn: too few for an hour to tell, and not for six. */
const isSlowlyBad = (customer: string, at: number): boolean => {
  const turn = (at / everySeconds) % 44
  return within(at, slowBurn) && turn === { contoso: 0, fabrikam: 22 }[customer]
}

export const isBad = (customer: string, at: number): boolean =>
  within(at, outage) ||
  within(at, excluded) ||
  (customer === 'contoso' && within(at, oneCustomers)) ||
  isSlowlyBad(customer, at)

export const scrapes = Array.from(
  { length: (hours * hour) / everySeconds },
  (_, n) => n * everySeconds,
)

const base = { service_name: 'api', deployment_environment_name: 'production' }

const requestsOf = (customer: string, outcome: 'success' | 'server_error'): MadeSeries => {
  let count = 0
  return {
    name: 'cx_requests_total',
    kind: 'counter',
    labels: {
      ...base,
      customer,
      outcome,
      http_request_method: 'GET',
      http_route: '/a',
      http_response_status_code: outcome === 'success' ? '200' : '500',
    },
    values: scrapes.map((at) => {
      if (at > 0 && isBad(customer, at) === (outcome === 'server_error')) count += 1
      return count
    }),
  }
}

export const history: readonly MadeSeries[] = [
  ...['contoso', 'fabrikam', 'tailspin'].flatMap((customer) => [
    requestsOf(customer, 'success'),
    requestsOf(customer, 'server_error'),
  ]),
  {
    name: 'cx_build_info',
    kind: 'gauge',
    labels: { ...base, version: '1', commit: 'a' },
    values: scrapes.map((at) => (within(at, silence) ? undefined : 1)),
  },
]

/** An objective over it. @param target in percent @param zero where time begins, in seconds since 1970 */
export const config = (target: number, zero = start) => `
import { availability, breach, catalog, days, exclusion, feature, minutes, objective, operation, owner, percent, perHour, service } from 'cx-definition'
import { contact, defineDashboards, webhook } from 'cx-dashboards'
const team = owner('team')
const inbox = webhook({ url: 'http://127.0.0.1:9/' })
const api = feature('api', { owner: team, operations: [operation('api', 'GET', '/a')] })
export default defineDashboards({
  catalog: catalog({
    owners: [team],
    features: [api],
    services: [service('api', { owner: team })],
    exclusions: [
      exclusion({ from: '${isoOf(zero + excluded.from)}', to: '${isoOf(zero + excluded.to)}', reason: 'maintenance' }),
    ],
    objectives: [
      objective('api-availability', {
        feature: api,
        indicator: availability({ of: api.operations }),
        target: percent(${target}),
        window: days(30),
        traffic: perHour(360),
        breaches: [breach({ below: percent(90), lasting: minutes(5) })],
      }),
    ],
  }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [],
  alerting: {
    environments: ['production'],
    interval: minutes(1),
    contacts: [contact(team, { page: [inbox], ticket: [inbox] })],
  },
})
`

export const isoOf = (at: number): string => new Date(at * 1000).toISOString()
