import {
  availability,
  breach,
  type CatalogOptions,
  days,
  feature,
  latency,
  milliseconds,
  minutes,
  objective,
  type ObjectiveOptions,
  operation,
  owner,
  percent,
  perHour,
  service,
  webApp,
} from 'cx-definition'
import { durations, heartbeat, type Phase, requests, sessions } from './stream.ts'
import type { Stream } from './twins.ts'

export interface Incident {
  readonly what: string
  readonly catalog: CatalogOptions
  readonly stream: Stream
  /** From which minute to which each alert fires: `in Prometheus / in Datadog`. What is not named fires in neither. */
  readonly fires: Readonly<Record<string, string>>
  /** Why it may differ by more than the tolerance. */
  readonly differs?: string
  /** Minutes between two looks at Prometheus' rules. */
  readonly every?: number
}

const platform = owner('platform')
const read = operation('api', 'GET', '/read')
const reading = feature('reading', { owner: platform, operations: [read] })

/** 99.9 % of so many requests an hour over 30 days, unless said otherwise. */
const promised = (rate: number, options: Partial<ObjectiveOptions> = {}): CatalogOptions => ({
  owners: [platform],
  features: [reading],
  objectives: [
    objective('read', {
      feature: reading,
      indicator: availability({ of: [read] }),
      target: percent(99.9),
      window: days(30),
      traffic: perHour(rate),
      ...options,
    }),
  ],
})

const withShop: CatalogOptions = {
  owners: [platform],
  features: [reading],
  apps: [webApp('shop', { owner: platform, pages: ['/a'] })],
  objectives: [],
}

/** Six hours of health, then so many minutes of failures, then three hours of health. */
const failing = (rate: number, share: number, lasting: number): readonly Phase[] => [
  [360, rate],
  [lasting, rate, share],
  [180, rate],
]

const healthy = (rate: number, share = 0): Incident => ({
  what: `nothing fails of ${rate} requests an hour${share > 0 ? ` but ${share * 100} %` : ''}`,
  catalog: promised(rate),
  stream: requests([[720, rate, share]]),
  fires: {},
  every: 2,
})

const outage = (
  rate: number,
  share: number,
  lasting: number,
  fires: Incident['fires'],
): Incident => ({
  what: `${share * 100} % of ${rate} requests an hour fail, for ${lasting} minutes`,
  catalog: promised(rate),
  stream: requests(failing(rate, share, lasting)),
  fires,
})

export const incidents: readonly Incident[] = [
  healthy(10),
  healthy(60),
  healthy(600),
  healthy(36_000, 0.0005),
  outage(10, 1, 120, { page: '378 to 544 / 378 to 509', ticket: '367 to 660 / 366 to 660' }),
  outage(60, 1, 60, { page: '365 to 469 / 365 to 449', ticket: '365 to 600 / 363 to 600' }),
  outage(600, 1, 30, { page: '362 to 426 / 362 to 419', ticket: '363 to 570 / 363 to 570' }),
  outage(36_000, 1, 30, { page: '361 to 425 / 361 to 419', ticket: '362 to 570 / 363 to 570' }),
  outage(600, 0.5, 60, { page: '364 to 455 / 364 to 449', ticket: '364 to 600 / 365 to 600' }),
  outage(3600, 0.05, 120, { page: '384 to 510 / 384 to 506', ticket: '374 to 660 / 390 to 660' }),
  outage(36_000, 0.01, 300, { page: '593 to 675 / 591 to 672', ticket: '409 to 840 / 420 to 840' }),
  {
    what: 'one request of ten in an hour fails',
    catalog: promised(10),
    stream: requests([
      [300, 10],
      [6, 10, 1],
      [120, 10],
    ]),
    fires: { ticket: '307 to 370 / 306 to 335' },
  },
  {
    what: 'one of the few requests of a night fails, of a service that is busy by day',
    catalog: promised(600),
    stream: requests([
      [600, 600],
      [390, 10],
      [6, 10, 1],
      [120, 10],
    ]),
    fires: {},
  },
  {
    what: 'a night without requests',
    catalog: promised(600),
    stream: requests([
      [300, 600],
      [480, 0],
      [120, 600],
    ]),
    fires: {},
    every: 2,
  },
  {
    what: 'an outage, after which nobody asks any more for hours',
    catalog: promised(600),
    stream: requests([
      [360, 600],
      [20, 600, 1],
      [200, 0],
      [120, 600],
    ]),
    fires: { page: '362 to 416 / 362 to 409', ticket: '363 to 700 / 363 to 629' },
  },
  {
    what: 'one of two customers is down for 40 minutes',
    catalog: promised(600),
    stream: requests(failing(600, 1, 40), failing(600, 0, 40)),
    fires: { page: 'never / 364 to 429', ticket: '364 to 580 / 365 to 580' },
    differs: 'whether several customers are hit cannot be asked of a window',
  },
  {
    what: 'half of 600 requests an hour are slow, for an hour',
    catalog: promised(600, {
      indicator: latency({ of: [read], within: milliseconds(200) }),
      target: percent(99),
    }),
    stream: durations(failing(600, 0.5, 60)),
    fires: { page: '382 to 451 / 382 to 446', ticket: '373 to 600 / 390 to 600' },
  },
  {
    what: '5 % fail for 40 minutes, where a rule says 99 % for 15 minutes',
    catalog: promised(600, {
      breaches: [breach({ below: percent(99), lasting: minutes(15), severity: 'page' })],
    }),
    stream: requests(failing(600, 0.05, 40)),
    fires: {
      page: '394 to 406 / 394 to 404',
      ticket: '382 to 580 / 390 to 580',
      breach: '374 to 406 / 372 to 404',
    },
  },
  {
    what: 'twice as many failures as promised, for two days',
    catalog: promised(36_000),
    stream: requests([
      [1440, 36_000],
      [2880, 36_000, 0.002],
    ]),
    fires: { ticket: '3124 to 4320 / 2970 to 4320' },
    every: 2,
    differs: 'Datadog looks back two days, not three',
  },
  {
    what: 'a service is not heard for half an hour',
    catalog: { ...withShop, apps: [], services: [service('api', { owner: platform })] },
    stream: heartbeat(60, 30, 60),
    fires: { silence: '72 to 89 / 70 to 90' },
  },
  {
    what: 'errors hit a fifth of 600 sessions an hour, for an hour',
    catalog: withShop,
    stream: sessions(failing(600, 0.2, 60)),
    fires: { browser: '371 to 449 / 371 to 469' },
  },
  {
    what: 'errors hit two of 20 sessions',
    catalog: withShop,
    stream: sessions(failing(20, 0.1, 60)),
    fires: {},
  },
]
