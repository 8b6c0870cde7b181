/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { hasChromium, openTabs, serveSignup } from '../fixtures/signup-page.ts'

describe.skipIf(!hasChromium)('a session in a browser (skipped without Chromium)', () => {
  const tab = openTabs()

  test('a reload in mid-step is the same session and the same step', async () => {
    const { only, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    await tab.error('growth')
    await tab.page.reload()
    await tab.page.waitForFunction(() => 'metrics' in globalThis)
    await tab.step('entered')
    await tab.error('growth')
    await tab.step('completed')
    await tab.step('entered')
    await tab.leave()
    await eventually(() => only('cx_journey_steps')).toEqual([
      'cx_journey_steps_total self-signup account entered 2',
      'cx_journey_steps_total self-signup account completed 1',
    ])
    expect(only('cx_journey_step_duration')).toHaveLength(1)
    expect(only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
    expect(only('cx_error')).toEqual([
      'cx_errors_total growth none reported 2',
      'cx_error_sessions_total growth none reported 1',
    ])
  })

  test('a session ends after 30 minutes without a sign of life', async () => {
    const { only, url } = await serveSignup()
    await tab.page.clock.install()
    await tab.visit(`${url}/signup/account`)
    await tab.error('growth')
    await tab.page.clock.fastForward('29:00')
    await tab.error('growth')
    await tab.page.clock.fastForward('29:00')
    await tab.error('growth')
    await tab.page.clock.fastForward('31:00')
    await tab.error('growth')
    await tab.leave()
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 2'])
    await eventually(() => only('cx_error_sessions')).toEqual([
      'cx_error_sessions_total growth none reported 2',
    ])
  })

  test('tabs have sessions of their own, and their errors hit each', async () => {
    const { only, url } = await serveSignup()
    const other = await tab.context.newPage()
    await tab.visit(`${url}/signup/account`)
    await tab.visit(`${url}/signup/account`, other)
    await tab.error('growth')
    await tab.error('growth', other)
    await tab.leave()
    await tab.leave(other)
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 2'])
    await eventually(() => only('cx_error_sessions')).toEqual([
      'cx_error_sessions_total growth none reported 2',
    ])
  })

  test('a page that comes back from the browser’s cache goes on, with vitals of its own', async () => {
    const { only, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    // By the page itself, since Playwright loses sight of one that was kept.
    await tab.page.evaluate(() => {
      const recorder = metrics.journey({ name: 'self-signup' } as never)
      recorder.entered('account' as never)
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) recorder.completed('account' as never)
        // Its own vitals come with the second frame.
        let frames = 0
        const next = () =>
          ++frames < 5 ? requestAnimationFrame(next) : location.assign('about:blank')
        next()
      })
    })
    await tab.visit(`${url}/signup/company`)
    await tab.page.evaluate(() => void setTimeout(() => history.back()))
    await eventually(() => only('cx_journey_steps')).toEqual([
      'cx_journey_steps_total self-signup account entered 1',
      'cx_journey_steps_total self-signup account completed 1',
    ])
    await eventually(() => only('cx_web_vital_seconds FCP')).toEqual([
      'cx_web_vital_seconds FCP /signup/account 3',
    ])
    expect(only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
  })
})
