import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import { type Visit, visit } from './testing/visit.ts'

describe.skipIf(!chromiumPath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  const visits: Visit[] = []
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    for (const open of visits.splice(0)) await open.close()
  })

  const open = async (options: Parameters<typeof visit>[1] = {}) => {
    const opened = await visit(browser, options)
    visits.push(opened)
    const { page, site } = opened
    const requested: string[] = []
    page.on('request', (request) => requested.push(new URL(request.url()).pathname))
    return {
      ...opened,
      requested,
      seen: () => page.evaluate(() => rum.seen.map(({ message, sink }) => `${sink} ${message}`)),
      /** Errors that Datadog's and Sentry's servers have. */
      arrived: () => ({
        datadog: site.datadog.map(({ context }) => `${context?.team} ${context?.tracker}`),
        sentry: site.sentry.map(({ tags }) => `${tags.team} ${tags.tracker}`),
      }),
      leave: () => page.goto('about:blank'),
    }
  }
  const eventually = (read: () => unknown) => expect.poll(read, { timeout: 15_000, interval: 50 })
  const uncaught = (complaints: readonly string[]) =>
    complaints.filter((line) => line.startsWith('uncaught'))

  test('errors from before the start are delivered, and a second start is the first', async () => {
    const { page, seen } = await open()
    const same = await page.evaluate(() => {
      rum.reportError(new Error('early'))
      return rum.start() === rum.start({ sinks: [] })
    })
    expect(same).toBe(true)
    expect(await seen()).toEqual(['first early'])
  })

  test('after it was stopped nothing is reported, until the next start', async () => {
    const { complaints, page, seen } = await open()
    await page.evaluate(() => {
      rum.start().stop()
      dispatchEvent(new ErrorEvent('error', { error: new Error('between'), message: 'between' }))
      rum.start({ sinks: [rum.recordingSink('second')] })
      rum.reportError(new Error('after'))
    })
    expect(await seen()).toEqual(['second after'])
    expect(uncaught(complaints)).toEqual([])
  })

  test('an abort that nobody handles is no error', async () => {
    const { page, seen } = await open()
    await page.evaluate(() => {
      rum.start()
      void Promise.reject(new DOMException('left', 'AbortError'))
      void Promise.reject(new DOMException('late', 'TimeoutError'))
    })
    await eventually(seen).toEqual(['first late'])
  })

  test('what window saw is sent at once when the page goes away, and what the layout loop says is no error', async () => {
    const { page } = await open()
    const seen = await page.evaluate(() => {
      rum.start()
      const error = (message: string) =>
        dispatchEvent(new ErrorEvent('error', { error: new Error(message), message }))
      error('ResizeObserver loop completed with undelivered notifications.')
      error('it broke')
      const before = rum.seen.length
      dispatchEvent(new PageTransitionEvent('pagehide'))
      return [before, rum.seen.length]
    })
    expect(seen).toEqual([0, 1])
  })

  test('a sink that fails in any way costs the app and the other sinks nothing', async () => {
    const { complaints, page, seen } = await open()
    await page.evaluate(() => {
      const { recordingSink, reportError, start } = rum
      const fail = () => {
        throw new Error('the sink is broken')
      }
      start({
        counter: { error: fail },
        sinks: [
          recordingSink('does not start', { start: fail }),
          recordingSink('rejects its start', { start: async () => fail() }),
          recordingSink('never starts', { start: () => new Promise(() => {}) }),
          recordingSink('throws', { send: fail }),
          recordingSink('rejects', { send: async () => fail() }),
          recordingSink('never answers', { send: () => new Promise(() => {}) }),
          recordingSink('has no session', { session: fail }),
          recordingSink('reports itself', { send: () => reportError(new Error('again')) }),
          recordingSink('last'),
        ],
      })
      for (const name of ['one', 'two']) reportError(new Error(name))
    })
    await page.waitForTimeout(100)
    expect(await seen()).toEqual([
      'has no session one',
      'last one',
      'has no session two',
      'last two',
    ])
    expect(complaints).toEqual([])
  })

  test('nothing is loaded or sent before consent, and what waited is delivered when it is given', async () => {
    const { arrived, leave, page, requested, site } = await open()
    await page.evaluate(() => {
      rum.kept = rum.start({ sinks: rum.trackers() })
      rum.reportError(new Error('it broke'), { owner: rum.growth })
    })
    await page.waitForTimeout(300)
    expect(requested).toEqual([])
    await page.evaluate(() => (rum.kept as ReturnType<typeof rum.start>).consent('granted'))
    await eventually(() => arrived().sentry).toEqual(['growth primary'])
    await leave()
    await eventually(() => arrived().datadog).toEqual(['growth primary'])
    expect(site.datadog[0]!.error!.message).toBe('it broke')
  })

  test('what waited is forgotten when consent is denied, and nothing is sent after it was withdrawn', async () => {
    const { arrived, leave, page, requested } = await open()
    await page.evaluate(() => {
      rum.kept = rum.start({ sinks: rum.trackers() })
      rum.reportError(new Error('it broke'), { owner: rum.growth })
      ;(rum.kept as ReturnType<typeof rum.start>).consent('denied')
      rum.reportError(new Error('it broke again'), { owner: rum.growth })
    })
    await page.waitForTimeout(300)
    expect(requested).toEqual([])
    await page.evaluate(() => {
      ;(rum.kept as ReturnType<typeof rum.start>).consent('granted')
      rum.reportError(new Error('it broke'), { owner: rum.identity })
    })
    await eventually(() => arrived().sentry).toEqual(['identity primary'])
    await page.evaluate(() => {
      ;(rum.kept as ReturnType<typeof rum.start>).consent('denied')
      rum.reportError(new Error('it broke'), { owner: rum.growth, feature: rum.signup })
    })
    await leave()
    await eventually(() => arrived().datadog).toEqual(['identity primary'])
    expect(arrived().sentry).toEqual(['identity primary'])
  })

  test('one word makes either tracker the primary, and each has the session and a link to its replay', async () => {
    const { arrived, leave, page, site } = await open()
    await page.evaluate(() => {
      rum.start({ sinks: rum.trackers(), consent: 'granted', primary: 'sentry' })
      rum.reportError(new Error('it broke'), { owner: rum.growth })
    })
    await eventually(() => arrived().sentry).toEqual(['growth primary'])
    await leave()
    await eventually(() => arrived().datadog).toEqual(['growth shadow'])
    const [sentry] = site.sentry
    const session = site.datadog[0]!.session.id
    expect(sentry!.tags['datadog.session_id']).toBe(session)
    expect(sentry!.contexts!.datadog!.session_id).toBe(session)
    const replay = sentry!.contexts!.datadog!.replay
    expect(replay).toContain(`/rum/replay/sessions/${session}?`)
    expect(replay).not.toMatch(/error-type|no-session-id/)
    expect(site.datadog[0]!.context!.replay_url).toContain(`/rum/replay/sessions/${session}?`)
  })

  test('what no sink is called cannot be primary: then all are', async () => {
    const { page } = await open()
    const trackersSeen = await page.evaluate(() =>
      ['first', 'nobody'].map((primary) => {
        rum.seen.length = 0
        const sinks = ['first', 'second'].map((name) => rum.recordingSink(name))
        const reporting = rum.start({ sinks, primary })
        rum.reportError(new Error('it broke'))
        reporting.stop()
        return rum.seen.map(({ tracker }) => tracker)
      }),
    )
    expect(trackersSeen).toEqual([
      ['primary', 'shadow'],
      ['primary', 'primary'],
    ])
  })

  test('Sentry’s events can go by way of the app’s own origin', async () => {
    const { arrived, page, site } = await open()
    await page.evaluate(() => {
      rum.start({ sinks: rum.trackers('/tunnel'), consent: 'granted' })
      rum.reportError(new Error('it broke'))
    })
    await eventually(() => arrived().sentry).toHaveLength(1)
    expect(site.intakes).toContain('sentry by the tunnel')
    expect(site.intakes).not.toContain('sentry')
  })

  test('neither tracker tells of the other, and Sentry takes nobody’s address', async () => {
    const { arrived, leave, page, site } = await open()
    await page.evaluate(() => {
      rum.start({ sinks: rum.trackers(), consent: 'granted' })
      rum.reportError(new Error('it broke'))
    })
    await eventually(() => arrived().sentry).toHaveLength(1)
    // Its SDK sees a request when it has ended.
    await page.waitForTimeout(300)
    await leave()
    await eventually(() => arrived().datadog).toHaveLength(1)
    expect(site.datadogEvents.join()).not.toContain('envelope')
    const { breadcrumbs, request, sdk, user } = site.sentry[0] as unknown as Record<string, unknown>
    expect({ breadcrumbs, request, user }).toEqual({})
    expect(sdk).toMatchObject({ settings: { infer_ip: 'never' } })
    expect(JSON.stringify(site.sentry)).not.toContain('cx/rum')
  })

  test('both show in which of the declared components it was, and in which boundary', async () => {
    const { arrived, leave, page, site } = await open({
      build: { version: 19, mode: 'development' },
    })
    await page.evaluate(() => {
      rum.start({ sinks: rum.trackers(), consent: 'granted' })
      const Broken = () => {
        throw new Error('it broke')
      }
      const Undeclared = () => rum.createElement(Broken)
      rum.show(rum.boundary({ name: 'page', children: rum.createElement(Undeclared) }))
    })
    await eventually(() => arrived().sentry).toHaveLength(1)
    await leave()
    await eventually(() => arrived().datadog).toHaveLength(1)
    expect(site.sentry[0]!.contexts!.react!.componentStack.trim()).toBe('at Broken')
    expect(site.sentry[0]!.tags.boundary).toBe('page')
    const { boundary, component_stack: stack } = site.datadog[0]!.context!
    expect({ boundary, stack: String(stack).trim() }).toEqual({
      boundary: 'page',
      stack: 'at Broken',
    })
  })

  test('no size of context costs an event its team', async () => {
    const { arrived, leave, page } = await open()
    await page.evaluate(async () => {
      const { datadogRum } = await rum.datadog()
      rum.start({ sinks: rum.trackers(), consent: 'granted' })
      const huge = { huge: 'x'.repeat(300_000) }
      datadogRum.setGlobalContext(huge)
      const error = Object.assign(new Error('it broke'), { dd_context: huge })
      rum.reportError(error, { owner: rum.growth })
    })
    await eventually(() => arrived().sentry).toEqual(['growth primary'])
    await leave()
    await eventually(() => arrived().datadog).toEqual(['growth primary'])
  })

  test.for([
    ['the scripts of both trackers', ['**/rum.js', '**/sentry-tracker.js']],
    ['their servers', ['**/cx/rum/**', '**/api/1/**']],
  ] as const)('with %s blocked the app does not notice', async ([, blocked]) => {
    const { complaints, page, seen } = await open({
      prepare: async (blockedPage) => {
        for (const pattern of blocked) await blockedPage.route(pattern, (route) => route.abort())
      },
    })
    await page.evaluate(() => {
      const sinks = [...rum.trackers(), rum.recordingSink('last')]
      rum.start({ sinks, consent: 'granted' })
      rum.reportError(new Error('it broke'))
    })
    await page.waitForTimeout(1000)
    await page.evaluate(() => rum.reportError(new Error('and again')))
    await page.waitForTimeout(200)
    expect(await seen()).toEqual(['last it broke', 'last and again'])
    expect(uncaught(complaints)).toEqual([])
  })

  test('a policy without blob workers costs the replay alone', async () => {
    const { arrived, complaints, leave, page, site } = await open({
      csp: "default-src 'self'; worker-src 'none'",
    })
    await page.evaluate(() => {
      rum.start({ sinks: rum.trackers(), consent: 'granted' })
      rum.reportError(new Error('it broke'), { owner: rum.growth })
    })
    await eventually(() => arrived().sentry).toEqual(['growth primary'])
    await leave()
    await eventually(() => arrived().datadog).toEqual(['growth primary'])
    expect(site.intakes).not.toContain('datadog /api/v2/replay')
    expect(JSON.stringify([site.datadog, site.sentry])).not.toMatch(/error-type=|no-session-id/)
    expect(uncaught(complaints)).toEqual([])
  })

  test('ten thousand errors in ten seconds cost another owner nothing, and are counted', async () => {
    const { arrived, leave, page, site } = await open()
    const counted = await page.evaluate(
      () =>
        new Promise<{ growth: number; platform: number; identity: number; longestGap: number }>(
          (resolve) => {
            const result = { growth: 0, platform: 0, identity: 0, longestGap: 0 }
            rum.start({
              sinks: rum.trackers(),
              consent: 'granted',
              counter: {
                error: ({ owner }) => {
                  result[owner!.name as 'growth'] += 1
                },
              },
            })
            const platform = { name: 'platform', title: 'Platform' }
            let last = performance.now()
            let round = 0
            const timer = setInterval(() => {
              result.longestGap = Math.max(result.longestGap, performance.now() - last)
              for (let index = 0; index < 50; index += 1) {
                rum.reportError(new Error(`attempt ${round * 50 + index} failed`), {
                  owner: rum.growth,
                })
                const word = (round * 50 + index)
                  .toString(26)
                  .replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!)
                rum.reportError(new Error(`unknown ${word}`), { owner: platform })
              }
              round += 1
              if (round === 50) rum.reportError(new Error('single'), { owner: rum.identity })
              if (round === 100) {
                clearInterval(timer)
                resolve(result)
              }
              last = performance.now()
            }, 100)
          },
        ),
    )
    expect(counted).toMatchObject({ growth: 5000, platform: 5000, identity: 1 })
    expect(counted.longestGap).toBeLessThan(5000)
    await leave()
    await eventually(() => arrived().datadog.length).toBe(2 + 21 + 1)
    await eventually(() => arrived().sentry.length).toBe(2 + 21 + 1)
    for (const events of [
      site.datadog.map(({ context }) => context!),
      site.sentry.map(({ tags }) => tags),
    ]) {
      const told = (team: string) =>
        events
          .filter((event) => event.team === team)
          .map(({ suppressed }) => Number(suppressed))
          .toSorted((one, other) => one - other)
      expect(told('growth')).toEqual([0, 4998])
      expect(told('platform')).toEqual([...Array(20).fill(0), 4979])
      expect(told('identity')).toEqual([0])
    }
  }, 60_000)

  test('two copies of the package on a page are one reporter', async () => {
    const { page } = await open()
    await page.addScriptTag({ type: 'module', url: '/page.js?copy=2' })
    await page.waitForFunction(() => rum.other !== undefined)
    const [same, errors] = await page.evaluate(async () => {
      const other = rum.other!
      const reporting = rum.start()
      const error = new Error('of both')
      const inner = rum.withOwner({ owner: rum.identity }, () => {
        throw error
      })
      try {
        other.withOwner({ owner: rum.growth }, inner)()
      } catch {
        dispatchEvent(new ErrorEvent('error', { error, message: 'of both' }))
      }
      other.reportError(new Error('of the second'))
      const Broken = () => {
        throw new Error('rendered by the second')
      }
      other.show(other.boundary({ children: other.createElement(Broken) }))
      await new Promise((resolve) => setTimeout(resolve, 300))
      return [
        other.start() === reporting,
        rum.seen.map(({ message, team }) => `${team} ${message}`),
      ]
    })
    expect(same).toBe(true)
    expect(errors).toEqual([
      'identity of both',
      'unowned of the second',
      'growth rendered by the second',
    ])
  })

  test('a page that was rendered by a server is taken over without a word', async () => {
    const { complaints, page, seen } = await open({
      build: { version: 19, mode: 'development' },
    })
    await page.evaluate(() => {
      const { boundary, createElement, hydrate, start } = rum
      start()
      hydrate(boundary({ children: createElement('p', null, 'hello') }), '<p>hello</p>')
    })
    await page.waitForTimeout(200)
    expect(await seen()).toEqual([])
    expect(complaints).toEqual([])
  })
})
