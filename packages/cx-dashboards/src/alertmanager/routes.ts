import { type Duration, minutes, type Owner, type Severity, shortDuration } from 'cx-definition'
import type { Contact } from './contact.ts'
import { anyOf, equals, isOurs } from './matcher.ts'

/** What decides who is told. */
export interface Routing {
  readonly contacts: readonly Contact[]
  /** Where a page pages; elsewhere it is a ticket. */
  readonly environments: readonly string[]
  /** How long a ticket waits, so that the page that explains it comes first and holds it back. Default: 5 minutes. */
  readonly ticketsWait?: Duration
}

/** A node of Alertmanager's routing tree: https://prometheus.io/docs/alerting/latest/configuration/#route */
export interface Route {
  readonly receiver: string
  readonly matchers?: readonly string[]
  readonly group_by?: readonly string[]
  readonly group_wait?: string
  readonly group_interval?: string
  readonly repeat_interval?: string
  readonly routes?: readonly Route[]
}

export const receiverName = ({ name }: Owner, severity: Severity): string =>
  `cx-${name}-${severity}`

/**
 * One notification for each objective and environment, so that levels and customers of one objective come together. Not one for a
 * whole feature: a second failure would then join an incident that somebody acknowledged already, and wake nobody.
 */
const oneNotification = [
  'owner',
  'deployment_environment_name',
  'feature',
  'objective',
  'service_name',
  'app',
] as const

// A page hurries, yet gives the alerts of one outage time to come together.
const pageTiming = { group_wait: '30s', group_interval: '1m', repeat_interval: '4h' } as const

const ticketTiming = ({ ticketsWait = minutes(5) }: Routing) => ({
  group_wait: shortDuration(ticketsWait),
  group_interval: '5m',
  repeat_interval: '1d',
})

/** Where all alerts of ours go. What no owner takes, such as errors that nobody owns, the first contact gets: nothing is lost. */
export const ourRoute = (routing: Routing): Route => {
  const { contacts } = routing
  const [fallback] = contacts
  if (!fallback) throw new Error('routes need a contact; contactProblems() says so first')
  return {
    matchers: [isOurs],
    receiver: receiverName(fallback.owner, 'ticket'),
    group_by: oneNotification,
    ...ticketTiming(routing),
    routes: [
      ...contacts.map(({ owner }) => ({
        matchers: [equals('owner', owner.name)],
        receiver: receiverName(owner, 'ticket'),
        routes: [pages(routing, owner)],
      })),
      pages(routing, fallback.owner),
    ],
  }
}

const pages = ({ environments }: Routing, owner: Owner): Route => ({
  matchers: [equals('severity', 'page'), anyOf('deployment_environment_name', environments)],
  receiver: receiverName(owner, 'page'),
  ...pageTiming,
})
