import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import { sinkNames, toldByWay } from './testing/told-by-way.ts'

describe.skipIf(!chromiumPath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  // It shows window errors that a boundary catches as well, and renders twice.
  test.for([19, 18] as const)(
    'React %s tells the same in its development build',
    { timeout: 300_000 },
    async (version) => {
      const ways = await toldByWay(browser, { version, mode: 'development' })
      for (const [way, { expected, told }] of ways)
        expect.soft({ way, ...told }).toEqual({
          way,
          ...Object.fromEntries(sinkNames.map((sink) => [sink, expected])),
        })
    },
  )
})
