import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import { type Visit, visit } from './testing/visit.ts'

describe.skipIf(!chromiumPath).for([19, 18] as const)(
  'in a browser, with React %s (skipped without Chromium)',
  (version) => {
    let browser: Browser
    const visits: Visit[] = []
    beforeAll(async () => {
      browser = await launchChromium()
    })
    afterAll(() => browser.close())
    afterEach(async () => {
      for (const open of visits.splice(0)) await open.close()
    })

    const open = async (mode: 'production' | 'development' = 'production') => {
      const opened = await visit(browser, { build: { version, mode } })
      visits.push(opened)
      await opened.page.evaluate(() => {
        rum.start()
      })
      // The tries that a boundary counts are those of ten seconds, which a busy machine may need for one.
      const opensAt = Date.now()
      const pass = (seconds: number) => opened.page.clock.setFixedTime(opensAt + seconds * 1000)
      await pass(0)
      const text = () => opened.page.textContent('#root')
      const seen = () =>
        opened.page.evaluate(() => rum.seen.map(({ message, team }) => `${team} ${message}`))
      return { ...opened, pass, seen, text }
    }
    const eventually = (read: () => unknown) => expect.poll(read, { timeout: 10_000, interval: 20 })

    test('a shared component keeps its owner wherever it is used, and the innermost owner wins', async () => {
      const { page, seen, text } = await open()
      await page.evaluate(() => {
        const { boundary, createElement, growth, identity, show, useOwner } = rum
        const Field = ({ on }: { readonly on: string }) => {
          if (on.startsWith('broken')) throw new Error(on)
          return useOwner().owner!.name
        }
        const SharedField = ({ on }: { readonly on: string }) =>
          boundary({
            owner: identity,
            fallback: () => 'no field',
            children: createElement(Field, { on }),
          })
        const signupPage = (on: string) =>
          boundary({
            owner: growth,
            children: ['signup ', createElement(SharedField, { on, key: 1 })],
          })
        const settingsPage = (on: string) =>
          boundary({
            owner: { name: 'platform', title: 'Platform' },
            children: ['settings ', createElement(SharedField, { on, key: 1 })],
          })
        show(createElement('p', null, signupPage('fine'), settingsPage('broken on settings')))
        show(signupPage('broken on signup'), 'second')
      })
      await eventually(text).toBe('signup identitysettings no field')
      await eventually(() => page.textContent('#second')).toBe('signup no field')
      await eventually(seen).toEqual(['identity broken on settings', 'identity broken on signup'])
    })

    test('its fallback knows the owner and can show the children again', async () => {
      const { page, seen, text } = await open()
      await page.evaluate(() => {
        const { boundary, createElement, show } = rum
        rum.kept = 'broken'
        const Flaky = () => {
          if (rum.kept === 'broken') throw new Error('flaky')
          return 'works'
        }
        show(
          boundary({
            fallback: ({ feature, owner, reset }) =>
              createElement(
                'button',
                { onClick: reset },
                `${owner.title} ${feature?.name}: try again`,
              ),
            children: createElement(Flaky),
          }),
        )
      })
      await eventually(text).toBe('growth signup: try again')
      await page.click('button')
      await eventually(seen).toEqual(['growth flaky'])
      await page.evaluate(() => (rum.kept = 'mended'))
      await page.click('button')
      await eventually(text).toBe('works')
    })

    test('three tries in ten seconds are enough, and the last fallback stands', async () => {
      const { page, pass, text } = await open()
      await page.evaluate(() => {
        const { boundary, createElement, show, useState } = rum
        const Broken = () => {
          throw new Error('broken')
        }
        const App = () => {
          const [, setShown] = useState(0)
          rum.kept = () => setShown(1)
          return boundary({
            fallback: ({ reset }) => createElement('button', { onClick: reset }, 'again'),
            children: createElement(Broken),
          })
        }
        show(createElement(App))
      })
      for (let times = 0; times < 3; times += 1) {
        await eventually(text).toBe('again')
        await page.click('button')
      }
      await eventually(text).toBe('Something went wrong. Please reload the page.')
      expect(await page.getAttribute('#root p', 'role')).toBe('alert')
      await pass(11)
      await page.evaluate(() => (rum.kept as () => void)())
      await eventually(text).toBe('again')
    })

    test('a fallback that throws ends in the last one, and what is around it stays', async () => {
      const { page, seen, text } = await open()
      await page.evaluate(() => {
        const { boundary, createElement, show } = rum
        const Broken = () => {
          throw new Error('broken')
        }
        const fallback = () => {
          throw new Error('fallback broken')
        }
        show(['around ', boundary({ fallback, children: createElement(Broken), key: 1 })])
      })
      await eventually(text).toBe('around Something went wrong. Please reload the page.')
      expect(await seen()).toEqual(
        expect.arrayContaining(['growth broken', 'growth fallback broken']),
      )
      expect(await seen()).toHaveLength(2)
    })

    test('resetKeys show the children again, ten times in ten seconds at most', async () => {
      const { page, pass, text } = await open()
      await page.evaluate(() => {
        const { boundary, createElement, show, useState } = rum
        const Route = ({ path }: { readonly path: number }) => {
          if (path % 2 === 1) throw new Error('odd')
          return `page ${path}`
        }
        const App = () => {
          const [path, setPath] = useState(0)
          rum.kept = setPath
          return boundary({
            resetKeys: [path],
            fallback: () => 'failed',
            children: createElement(Route, { path }),
          })
        }
        show(createElement(App))
      })
      const go = (path: number) =>
        page.evaluate((to) => (rum.kept as (path: number) => void)(to), path)
      await eventually(text).toBe('page 0')
      for (let path = 1; path <= 20; path += 1) {
        await go(path)
        await eventually(text).toBe(path % 2 === 1 ? 'failed' : `page ${path}`)
      }
      await go(21)
      await eventually(text).toBe('failed')
      await go(22)
      await page.waitForTimeout(50)
      expect(await text()).toBe('failed')
      await pass(11)
      await go(24)
      await eventually(text).toBe('page 24')
    })

    test.for(['production', 'development'] as const)(
      'a fallback that resets forever does not unmount the page: %s',
      async (mode) => {
        const { page, text } = await open(mode)
        await page.evaluate(() => {
          const { boundary, createElement, show, useEffect } = rum
          const Broken = () => {
            throw new Error('broken')
          }
          const Impatient = ({ reset }: { readonly reset: () => void }) => {
            useEffect(reset)
            return 'resetting'
          }
          show([
            'around ',
            boundary({
              fallback: (props) => createElement(Impatient, props),
              children: createElement(Broken),
              key: 1,
            }),
          ])
        })
        await eventually(text).toBe('around Something went wrong. Please reload the page.')
        await page.evaluate(() => {
          const { createElement, show, useEffect, useState, boundary } = rum
          const Broken = () => {
            throw new Error('broken')
          }
          const Changing = () => {
            const [key, setKey] = useState(0)
            useEffect(() => {
              if (key < 40) setKey(key + 1)
            }, [key])
            return boundary({
              resetKeys: [key],
              fallback: () => `failed ${key}`,
              children: createElement(Broken),
            })
          }
          show(createElement(Changing), 'second')
        })
        await eventually(() => page.textContent('#second')).toBe('failed 40')
      },
    )
  },
)
