import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beWell,
  breakDown,
  changePassword,
  objectives,
  recover,
  untilAllArePaged,
  untilResolved,
} from './alerting-incident.ts'
import { type AlertingStack, startAlertingStack } from './alerting-stack.ts'

let stack: AlertingStack

beforeAll(async () => {
  stack = await startAlertingStack()
}, 180_000)

afterAll(() => stack?.stop(), 60_000)

/** Milliseconds: twice the time after which Alertmanager would tell of a change again. */
const untilToldAgain = 2 * 60_000

test(
  'each team is told that its page is over, once, also where few requests make the wait long',
  { timeout: 2_400_000 },
  async () => {
    const traffic = await beWell(stack)
    await breakDown(stack, traffic)
    await recover(traffic)
    await traffic.passwords.send([changePassword], 1500)
    await untilAllArePaged(stack)
    // Where an hour has few requests, a quarter of an hour must be quiet before a page is over.
    await untilResolved(stack, objectives, 1800)
    await sleep(untilToldAgain)
    expect(await Promise.all(objectives.map(stack.pagesOf))).toEqual([
      ['platform: page firing', 'platform: page resolved'],
      ['growth: page firing', 'growth: page resolved'],
      ['identity: page firing', 'identity: page resolved'],
    ])
    for (const objective of objectives) {
      for (const { commonLabels, team } of await stack.toldOf(objective))
        expect(team).toBe(commonLabels['owner'])
    }
  },
)
