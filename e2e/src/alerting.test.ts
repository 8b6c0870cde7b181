import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beWell,
  breakDown,
  objectives,
  read,
  recover,
  untilAllArePaged,
  untilResolved,
} from './alerting-incident.ts'
import {
  type AlertingStack,
  inShort,
  startAlertingStack,
  until,
  untilSeen,
} from './alerting-stack.ts'

let stack: AlertingStack

beforeAll(async () => {
  stack = await startAlertingStack()
})

afterAll(() => stack?.stop())

test(
  'each team is told of its own feature, once, with true figures, and when it is over',
  { timeout: 360_000 },
  async () => {
    const { pagesOf, toldOf } = stack
    const traffic = await beWell(stack)

    // One customer's outage is a ticket, and wakes nobody.
    await stack.breakService({ customer: 'contoso' })
    await traffic.documents.send([read('contoso')], 8)
    await sleep(untilSeen)
    await stack.untilFiring({ alertname: 'CxCustomerOutage', customer: 'contoso' })
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

    const outageAt = Date.now()
    await breakDown(stack, traffic)
    await recover(traffic)
    await untilAllArePaged(stack)
    await untilResolved(stack, ['documents-availability', 'signup-availability'], 150)

    // A ticket that burns on is free to be told when its page is over; the pages are told once.
    expect(await pagesOf('documents-availability')).toEqual([
      'platform: page firing',
      'platform: page resolved',
    ])
    expect(await pagesOf('signup-availability')).toEqual([
      'growth: page firing',
      'growth: page resolved',
    ])
    // Its traffic is declared as low, so that five quiet minutes are no recovery yet.
    expect(await pagesOf('password-availability')).toEqual(['identity: page firing'])
    for (const objective of objectives) {
      for (const { commonLabels, team } of await toldOf(objective))
        expect(team).toBe(commonLabels['owner'])
    }

    for (const [objective, sent] of [
      ['documents-availability', traffic.documents],
      ['signup-availability', traffic.signups],
      ['password-availability', traffic.passwords],
    ] as const) {
      const [alert] = (await toldOf(objective)).flatMap(({ alerts }) =>
        alerts.filter(({ labels }) => labels['severity'] === 'page'),
      )
      const description = alert?.annotations['description'] ?? ''
      const [, bad, total] = /\((\d+) of (\d+)/.exec(description) ?? []
      const firedAt = Date.parse(alert?.startsAt ?? '')
      expect(firedAt).toBeGreaterThan(outageAt)
      const [least, most] = [sent.until(firedAt - untilSeen), sent.until(firedAt)]
      console.log(`${objective}: told ${bad} of ${total}; answered ${most.failed} of ${most.total}`)
      // increase() extrapolates by up to a scrape.
      expect(Number(bad), description).toBeGreaterThanOrEqual(least.failed * 0.95)
      expect(Number(bad), description).toBeLessThanOrEqual(most.failed * 1.05)
      expect(Number(total), description).toBeGreaterThanOrEqual(least.total * 0.95)
      expect(Number(total), description).toBeLessThanOrEqual(most.total * 1.05)
      if (objective === 'documents-availability') expect(description).toContain('3 of 3 customers')
    }
  },
)
