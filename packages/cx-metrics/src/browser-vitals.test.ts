/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { hasChromium, openTabs, serveSignup } from '../fixtures/signup-page.ts'

describe.skipIf(!hasChromium)('web vitals in a browser (skipped without Chromium)', () => {
  const tab = openTabs()

  test.for(['some idle time', 'none'])(
    'a vital belongs to the page on which it happened, with %s',
    async (idle) => {
      const { only, url } = await serveSignup()
      if (idle === 'none')
        await tab.page.addInitScript(() => (globalThis.requestIdleCallback = () => 0))
      await tab.visit(`${url}/signup/account`)
      await tab.hasMeasured('largest-contentful-paint')
      await tab.page.evaluate(() => metrics.page('/signup/company'))
      await tab.page.evaluate(() =>
        document.querySelector('button')!.addEventListener('click', () => {
          const end = performance.now() + 100
          while (performance.now() < end);
        }),
      )
      await tab.page.click('button')
      await tab.hasMeasured('first-input')
      await tab.leave()
      await eventually(() => only('cx_web_vital').toSorted()).toEqual([
        'cx_web_vital_seconds FCP /signup/account 1',
        'cx_web_vital_seconds INP /signup/company 1',
        'cx_web_vital_seconds LCP /signup/account 1',
        'cx_web_vital_seconds TTFB /signup/account 1',
      ])
    },
  )

  test('a vital that grows after the page was first hidden is not counted again', async () => {
    const { only, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    const show = (state: string) =>
      tab.page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', {
          configurable: true,
          get: () => visibility,
        })
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      }, state)
    const shift = async (height: string, times: number) => {
      await tab.page.evaluate((pixels) => {
        const block = document.createElement('div')
        block.style.height = pixels
        document.body.prepend(block)
      }, height)
      await tab.hasMeasured('layout-shift', times)
    }
    await shift('50px', 1)
    await show('hidden')
    await eventually(() => only('cx_web_layout')).toHaveLength(1)
    await show('visible')
    await shift('300px', 2)
    await tab.step('entered')
    await show('hidden')
    await eventually(() => only('cx_journey')).toHaveLength(1)
    expect(only('cx_web_layout')).toEqual(['cx_web_layout_shift CLS /signup/account 1'])
  })
})
