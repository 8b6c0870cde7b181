import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Notification } from '../../scripts/stack/on-call-inbox.ts'
import { freePorts } from '../../scripts/stack/ports.ts'
import { type Stack, startStack } from '../../scripts/stack/stack.ts'
import { type CountedRequest, countedTraffic } from './counted-traffic.ts'

const scrapeSeconds = 1
/** A new series stands at 0 for two scrapes, and rules look every five seconds. */
const untilSeen = 5 * scrapeSeconds * 1000

let stack: Stack
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cx-alerting-'))
  stack = await startStack({
    ports: await freePorts(),
    scrapeSeconds,
    folder,
    log: () => {},
    serviceEnv: { SAMPLE_FAULTS: 'off' },
  })
})

afterAll(async () => {
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
})

const breakService = (how: object) =>
  fetch(`${stack.serviceUrl}/breakage`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'errors', ...how }),
  })

const mendService = () => fetch(`${stack.serviceUrl}/breakage`, { method: 'DELETE' })

interface Firing {
  readonly state: string
  readonly labels: Readonly<Record<string, string>>
}

/** Waits until Prometheus has such an alert firing. */
const untilFiring = async (labels: Readonly<Record<string, string>>): Promise<void> => {
  await until(`${JSON.stringify(labels)} fires`, 60, async () => {
    const response = await fetch(`${stack.prometheusUrl}/api/v1/alerts`)
    const { data }: { data: { alerts: Firing[] } } = await response.json()
    return data.alerts.some(({ labels: its, state }) => state === 'firing' && has(its, labels))
  })
}

const until = async (
  what: string,
  seconds: number,
  holds: () => Promise<boolean>,
): Promise<void> => {
  const end = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
    await sleep(500)
  }
}

const has = (
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([name, value]) => labels[name] === value)

/** What was told of an objective, to whomever, the oldest first. */
const toldOf = async (objective: string): Promise<readonly Notification[]> => {
  const response = await fetch(`${stack.inboxUrl}/notifications`)
  const all: readonly Notification[] = await response.json()
  return all.filter(({ commonLabels }) => commonLabels['objective'] === objective).toReversed()
}

const inShort = ({ commonLabels, status, team }: Notification): string =>
  `${team}: ${commonLabels['severity']} ${status}`

const read = (customer: string): CountedRequest => ({
  method: 'GET',
  path: '/api/documents/document-1',
  customer,
})
const everybody = ['contoso', 'fabrikam', 'initech'].map(read)
const signup: CountedRequest = { method: 'GET', path: '/api/signup' }
const changePassword: CountedRequest = {
  method: 'PUT',
  path: '/api/account/password',
  body: { current: 'a long walk by the sea', password: 'a short walk by the sea' },
}

const page = (objective: string) => ({ objective, severity: 'page' })

test(
  'each team is told of its own feature, once, with true figures, and when it is over',
  { timeout: 360_000 },
  async () => {
    const [documents, signups, passwords] = [1, 2, 3].map(() => countedTraffic(stack.serviceUrl))
    if (!documents || !signups || !passwords) throw new Error('three of them')

    // Nearly all is well for a while; Contoso sends little. A failure each, since of a series that has just begun,
    // increase() knows too little to be exact.
    await documents.send(everybody.slice(1), 1100)
    await signups.send([signup], 150)
    await passwords.send([changePassword], 40)
    await sleep(untilSeen)
    await breakService({ feature: 'documents' })
    await documents.send(everybody, everybody.length)
    await breakService({ feature: 'self-signup' })
    await signups.send([signup], 1)
    await breakService({ feature: 'password-field' })
    await passwords.send([changePassword], 1)
    await mendService()
    await sleep(untilSeen)

    // One customer's outage is a ticket, and wakes nobody.
    await breakService({ customer: 'contoso' })
    await documents.send([read('contoso')], 8)
    await sleep(untilSeen)
    await untilFiring({ alertname: 'CxCustomerOutage', customer: 'contoso' })
    await until('the ticket of contoso', 60, async () => {
      return (await toldOf('documents-availability')).length > 0
    })
    expect((await toldOf('documents-availability')).map(inShort)).toEqual([
      'platform: ticket firing',
    ])
    const [ticket] = await toldOf('documents-availability')
    expect(ticket?.alerts).toMatchObject([
      { labels: { alertname: 'CxCustomerOutage', customer: 'contoso', owner: 'platform' } },
    ])

    // An outage for all, of one feature of each team.
    const outageAt = Date.now()
    await breakService({ feature: 'documents' })
    await documents.send(everybody, 300)
    await breakService({ feature: 'self-signup' })
    await signups.send([signup], 60)
    await breakService({ feature: 'password-field' })
    await passwords.send([changePassword], 40)
    await mendService()
    await untilFiring(page('documents-availability'))
    await untilFiring(page('signup-availability'))
    await untilFiring(page('password-availability'))

    // So many good requests that the share of failures is soon below every page's line.
    await Promise.all([documents.send(everybody, 9000), signups.send([signup], 2500)])
    await until('three pages', 90, async () => {
      const told = await Promise.all(
        ['documents', 'signup', 'password'].map((each) => toldOf(`${each}-availability`)),
      )
      return told.every((each) =>
        each.some(({ commonLabels }) => commonLabels['severity'] === 'page'),
      )
    })
    await until('two resolves', 150, async () => {
      const told = [
        ...(await toldOf('documents-availability')),
        ...(await toldOf('signup-availability')),
      ]
      return told.filter(({ status }) => status === 'resolved').length === 2
    })

    // A ticket that burns on is free to be told when its page is over; the pages are told once.
    const pagesOf = async (objective: string) =>
      (await toldOf(objective)).filter(({ commonLabels }) => commonLabels['severity'] === 'page')
    expect((await pagesOf('documents-availability')).map(inShort)).toEqual([
      'platform: page firing',
      'platform: page resolved',
    ])
    expect((await pagesOf('signup-availability')).map(inShort)).toEqual([
      'growth: page firing',
      'growth: page resolved',
    ])
    // Its traffic is declared as low, so that five quiet minutes are no recovery yet.
    expect((await pagesOf('password-availability')).map(inShort)).toEqual(['identity: page firing'])
    for (const objective of ['documents', 'signup', 'password']) {
      for (const { commonLabels, team } of await toldOf(`${objective}-availability`))
        expect(team).toBe(commonLabels['owner'])
    }

    for (const [objective, traffic] of [
      ['documents-availability', documents],
      ['signup-availability', signups],
      ['password-availability', passwords],
    ] as const) {
      const [alert] = (await toldOf(objective)).flatMap(({ alerts }) =>
        alerts.filter(({ labels }) => labels['severity'] === 'page'),
      )
      const description = alert?.annotations['description'] ?? ''
      const [, bad, total] = /\((\d+) of (\d+)/.exec(description) ?? []
      const firedAt = Date.parse(alert?.startsAt ?? '')
      expect(firedAt).toBeGreaterThan(outageAt)
      const [least, most] = [traffic.until(firedAt - untilSeen), traffic.until(firedAt)]
      console.log(`${objective}: told ${bad} of ${total}; answered ${most.failed} of ${most.total}`)
      // increase() extrapolates by up to a scrape.
      expect(Number(bad), description).toBeGreaterThanOrEqual(least.failed * 0.95)
      expect(Number(bad), description).toBeLessThanOrEqual(most.failed * 1.05)
      expect(Number(total), description).toBeGreaterThanOrEqual(least.total * 0.95)
      expect(Number(total), description).toBeLessThanOrEqual(most.total * 1.05)
    }
    const [paged] = await pagesOf('documents-availability')
    expect(paged?.alerts[0]?.annotations['description']).toContain('3 of 3 customers')
  },
)
