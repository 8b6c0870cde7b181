/// <reference lib="dom" />
import { gzipSync } from 'node:zlib'
import { journeyStepDuration } from 'cx-definition'
import { describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import {
  bundled,
  growth,
  hasChromium,
  openTabs,
  selfSignup,
  serveSignup,
  signupWeb,
} from '../fixtures/signup-page.ts'
import { startBrowserMetrics } from './browser.ts'

test('a server that renders the same code measures nothing', () => {
  const metrics = startBrowserMetrics({ app: signupWeb })
  metrics.page('/signup/account')
  metrics.journey(selfSignup).entered('account')
  metrics.error({ owner: growth })
  expect(startBrowserMetrics({ app: signupWeb })).toBe(metrics)
})

test('steps and pages that the catalog does not have are type errors', () => {
  const metrics = startBrowserMetrics({ app: signupWeb })
  // @ts-expect-error there is no such page
  metrics.page('/signup/acount')
  // @ts-expect-error there is no such step
  metrics.journey(selfSignup).entered('acount')
})

test('a page carries less than 5 kB for it, and nothing of Node or OpenTelemetry', async () => {
  const code = await bundled(
    "import { startBrowserMetrics } from '../src/browser.ts'\nglobalThis.start = startBrowserMetrics",
  )
  const bytes = gzipSync(code, { level: 9 }).length
  console.log(`cx-metrics/browser: ${code.length} bytes, ${bytes} gzip -9`)
  expect(bytes).toBeLessThan(5000)
  expect(code).not.toMatch(/opentelemetry|cx_[a-z]|node:|process\.|require\(/)
})

describe.skipIf(!hasChromium)('in a browser (skipped without Chromium)', () => {
  const tab = openTabs()

  test('who listens is told each step that is counted, also before, and no more', async () => {
    const { only, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    await tab.page.evaluate(() => {
      Object.assign(globalThis, { told: [] })
      metrics.onStep((...step) => {
        Reflect.get(globalThis, 'told').push(step.join(' '))
        throw new Error('no')
      })
    })
    await tab.step('entered')
    await tab.step('failed')
    await tab.step('completed')
    expect(await tab.page.evaluate(() => Reflect.get(globalThis, 'told'))).toEqual([
      'self-signup account entered',
      'self-signup account failed',
      'self-signup account completed',
    ])
    await tab.leave()
    await eventually(() => only('cx_journey_steps_total')).toHaveLength(3)
  })

  test('a session, steps, errors and web vitals arrive when the page is left', async () => {
    const { counted, recorder, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    await tab.hasMeasured('largest-contentful-paint')
    await tab.step('entered')
    await tab.page.waitForTimeout(150)
    await tab.step('failed')
    await tab.step('completed')
    await tab.error('growth')
    await tab.page.click('button')
    await tab.hasMeasured('first-input')
    await tab.leave()
    await eventually(() => counted().toSorted()).toEqual([
      'cx_error_sessions_total growth none reported 1',
      'cx_errors_total growth none reported 1',
      'cx_journey_step_duration_seconds self-signup account 1',
      'cx_journey_steps_total self-signup account completed 1',
      'cx_journey_steps_total self-signup account entered 1',
      'cx_journey_steps_total self-signup account failed 1',
      'cx_sessions_total 1',
      'cx_web_layout_shift CLS /signup/account 1',
      'cx_web_vital_seconds FCP /signup/account 1',
      'cx_web_vital_seconds INP /signup/account 1',
      'cx_web_vital_seconds LCP /signup/account 1',
      'cx_web_vital_seconds TTFB /signup/account 1',
    ])
    const [duration] = recorder.store.histograms(journeyStepDuration, []).series
    expect(duration!.sum).toBeGreaterThan(0.09)
    expect(tab.complaints).toEqual([])
  })

  test('and when its tab is closed', async () => {
    const { only, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    await tab.page.close({ runBeforeUnload: true })
    await eventually(() => only('cx_journey')).toHaveLength(1)
  })

  test.for(['the same', 'another'])(
    'no byte to a beacon of %s origin says where the person was, what they typed or what went wrong',
    async (which) => {
      const site = await serveSignup({ csp: 'connect-src *' })
      const beacon = which === 'another' ? await serveSignup({ origins: [site.url] }) : site
      await tab.context.addCookies([{ name: 'id', value: 'canary', url: site.url }])
      const endpoint = encodeURIComponent(`${beacon.url}/cx/beacon`)
      await tab.visit(
        `${site.url}/signup/canary-path?endpoint=${endpoint}&q=canary-query#canary-hash`,
      )
      await tab.page.fill('#email', 'canary@example.com')
      await tab.page.evaluate(() => {
        document.title = 'canary'
        setTimeout(() => {
          throw new TypeError('canary')
        })
        void Promise.reject(new Error('canary'))
      })
      await tab.step('entered')
      await tab.page.click('button')
      await eventually(() => tab.complaints).toEqual(['canary', 'canary'])
      const stored = await tab.page.evaluate(() => ({
        session: Object.entries(sessionStorage).map(([key, value]) => [key, JSON.parse(value)]),
        local: Object.keys(localStorage),
        cookie: document.cookie,
      }))
      await tab.leave()
      await eventually(() => beacon.only('cx_errors')).toEqual([
        'cx_errors_total unowned none error 1',
        'cx_errors_total unowned none rejection 1',
      ])
      expect(beacon.posted()).toMatch(/^POST \/cx\/beacon/)
      expect(beacon.posted()).not.toMatch(/canary|cookie|referer|signup\/canary|example\.com/i)
      expect(stored).toEqual({
        session: [
          [
            'cx-metrics:signup-web',
            {
              seen: expect.any(Number),
              hit: ['unowned'],
              open: [['self-signup/account', expect.any(Number)]],
            },
          ],
        ],
        local: [],
        cookie: 'id=canary',
      })
      expect(stored.session[0]![1].seen).toBeLessThan(1e8)
    },
  )

  test('what the layout loop of a browser says is no error, and a start counts once', async () => {
    const { only, url } = await serveSignup()
    await tab.visit(`${url}/signup/account`)
    expect(await tab.page.evaluate(() => start() === metrics)).toBe(true)
    await tab.page.evaluate(() => {
      dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop limit exceeded' }))
      dispatchEvent(new Event('error'))
      dispatchEvent(new ErrorEvent('error', { message: 'x is undefined' }))
    })
    await tab.leave()
    await eventually(() => only('cx_error')).toEqual([
      'cx_errors_total unowned none error 1',
      'cx_error_sessions_total unowned none error 1',
    ])
  })
})
