/// <reference lib="dom" />
import { describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { hasChromium, openTabs, serveSignup } from '../fixtures/signup-page.ts'

describe.skipIf(!hasChromium)('a browser that lacks something (skipped without Chromium)', () => {
  const tab = openTabs()

  test.for([
    [
      'storage that is disabled',
      () =>
        Object.defineProperty(globalThis, 'sessionStorage', {
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        }),
    ],
    [
      'storage that is full, with an old session in it',
      () => {
        if (!location.pathname.startsWith('/signup')) return
        sessionStorage.setItem('cx-metrics:signup-web', '{"seen":1,"hit":[],"open":[]}')
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      },
    ],
    [
      'storage with somebody else’s words',
      () => {
        if (location.pathname.startsWith('/signup'))
          sessionStorage.setItem('cx-metrics:signup-web', '{"seen":"x","hit":{},"open":[1]}')
      },
    ],
    ['no observer of performance', () => Reflect.deleteProperty(globalThis, 'PerformanceObserver')],
    ['no sendBeacon', () => Reflect.deleteProperty(Navigator.prototype, 'sendBeacon')],
  ] as const)('with %s all is counted', async ([, change]) => {
    const { only, url } = await serveSignup()
    await tab.page.addInitScript(change)
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    await tab.step('entered')
    await tab.error('growth')
    await tab.error('growth')
    await tab.step('completed')
    await tab.leave()
    await eventually(() => only('cx_sessions_total')).toEqual(['cx_sessions_total 1'])
    expect(only('cx_journey_steps')).toHaveLength(2)
    expect(only('cx_journey_step_duration')).toHaveLength(1)
    expect(only('cx_error')).toEqual([
      'cx_errors_total growth none reported 2',
      'cx_error_sessions_total growth none reported 1',
    ])
    expect(tab.complaints).toEqual([])
  })

  test.for([
    ['no fetch', () => Reflect.deleteProperty(globalThis, 'fetch')],
    [
      'a fetch that throws',
      () => {
        globalThis.fetch = () => {
          throw new Error('blocked')
        }
      },
    ],
    ['no clock', () => Reflect.deleteProperty(globalThis, 'performance')],
  ] as const)('with %s the app does not notice', async ([, change]) => {
    const { url } = await serveSignup()
    await tab.page.addInitScript(change)
    await tab.visit(`${url}/signup/account`)
    await tab.step('entered')
    await tab.error('growth')
    await tab.leave()
    expect(tab.complaints).toEqual([])
  })
})
