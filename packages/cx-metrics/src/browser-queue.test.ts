/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { hasChromium, openTabs, serveSignup } from '../fixtures/signup-page.ts'

describe.skipIf(!hasChromium)('what a browser sends (skipped without Chromium)', () => {
  const tab = openTabs()

  test('ten thousand errors in a loop are one event and one session hit', async () => {
    const { only, posted, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    await tab.page.evaluate(() => {
      for (let times = 0; times < 10_000; times += 1) metrics.error({})
    })
    await tab.leave()
    await eventually(() => only('cx_error')).toEqual([
      'cx_errors_total unowned none reported 500',
      'cx_error_sessions_total unowned none reported 1',
    ])
    expect(posted().match(/"type":"error"/g)).toHaveLength(1)
  })

  test('a policy that forbids to connect costs the counts, not the app', async () => {
    const { counted, url } = await serveSignup({ csp: "connect-src 'none'" })
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    await tab.leave()
    expect(counted()).toEqual([])
    expect(tab.complaints).toEqual([])
  })

  test('what could not be sent is sent later, three times at most', async () => {
    const { beacons, only, url } = await serveSignup()
    beacons.toRefuse = 2
    await tab.page.clock.install()
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    /** Lets time pass until the service has refused so many. */
    const refusedAfterAWhile = () =>
      eventually(async () => {
        await tab.page.clock.runFor(5000)
        return beacons.refused
      })
    await refusedAfterAWhile().toBe(1)
    await tab.step('failed')
    await refusedAfterAWhile().toBe(2)
    await eventually(async () => {
      await tab.page.clock.runFor(5000)
      // Which of the two comes first depends on whether the first was still under way.
      return only('cx_journey').toSorted()
    }).toEqual([
      'cx_journey_steps_total self-signup account entered 1',
      'cx_journey_steps_total self-signup account failed 1',
    ])
    beacons.toRefuse = 4
    await tab.error('growth')
    await refusedAfterAWhile().toBe(6)
    await tab.page.clock.runFor(60_000)
    await tab.step('failed')
    await tab.leave()
    await eventually(() => only('cx_journey')).toContain(
      'cx_journey_steps_total self-signup account failed 2',
    )
    expect(only('cx_error')).toEqual([])
  })
})
